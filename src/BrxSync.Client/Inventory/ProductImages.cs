using System.Text.Json;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Inventory;

/// <summary>Reads <c>uploaded_images</c>, whose elements are texts or objects; elements of another kind are left out.</summary>
internal static class ProductImages
{
    public static List<ProductImage>? Read(ReadOnlySpan<byte> json)
    {
        var value = JsonElement.Parse(json);
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            return null;
        }

        var images = new List<ProductImage>(value.GetArrayLength());
        foreach (var element in value.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.String)
            {
                images.Add(new ProductImage(null, ReadText(element)));
            }
            else if (element.ValueKind == JsonValueKind.Object)
            {
                images.Add(new ProductImage(FindId(element), FindUrl(element)));
            }
        }

        return images;
    }

    private static long? FindId(JsonElement image) =>
        image.TryGetProperty("id"u8, out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var value) ? value : null;

    private static string? FindUrl(JsonElement image) =>
        image.TryGetProperty("url"u8, out var url) && url.ValueKind == JsonValueKind.String ? ReadText(url) : null;

    private static string? ReadText(JsonElement value) => TolerantValues.TryReadText(value, out var text) ? text : null;
}
