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
            faults.Add(new CardTraderFault(Name, TolerantObject.Unlike(value, "an array")));
            return images;
        }

        foreach (var (index, element) in value.EnumerateArray().Index())
        {
            if (TolerantValues.TryReadText(element, out var address))
            {
                images.Add(new ProductImage { Url = address });
            }
            else if (TolerantObject.Find(element, "image") is { } image)
            {
                images.Add(Read(image));
            }
            else
            {
                faults.Add(new CardTraderFault($"{Name}[{index}]", TolerantObject.Unlike(element, "a text or an object")));
            }
        }

        return images;
    }

    public static ProductImage Read(TolerantObject image) => new()
    {
        Id = image.Integer("id"), Url = image.Text("url"), ExtensionData = image.Rest, Faults = image.Faults,
    };
}
