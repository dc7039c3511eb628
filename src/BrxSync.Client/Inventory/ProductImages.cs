using System.Text.Json;
using BrxSync.Client.Errors;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Inventory;

/// <summary>Reads <c>uploaded_images</c>, whose elements are texts or objects; elements of another kind are named and left out.</summary>
internal static class ProductImages
{
    /// <param name="value">The value.</param>
    /// <param name="faults">What could not be read of it.</param>
    public static List<ProductImage> Read(JsonElement value, out List<CardTraderFault> faults)
    {
        const string Name = "uploaded_images";
        var images = new List<ProductImage>();
        faults = [];
        if (value.ValueKind != JsonValueKind.Array)
        {
            faults.Add(new CardTraderFault(Name, TolerantElement.Unlike(value, "an array")));
            return images;
        }

        foreach (var (index, element) in value.EnumerateArray().Index())
        {
            if (TolerantValues.TryReadText(element, out var address))
            {
                images.Add(new ProductImage { Url = address });
            }
            else if (element.ValueKind == JsonValueKind.Object)
            {
                images.Add(Read(element));
            }
            else
            {
                faults.Add(new CardTraderFault($"{Name}[{index}]", TolerantElement.Unlike(element, "a text or an object")));
            }
        }

        return images;
    }

    public static ProductImage Read(JsonElement element)
    {
        var image = new TolerantObject(element, "image");
        return new ProductImage
        {
            Id = image.Integer("id"), Url = image.Text("url"), ExtensionData = image.Rest, Faults = image.Faults,
        };
    }
}
