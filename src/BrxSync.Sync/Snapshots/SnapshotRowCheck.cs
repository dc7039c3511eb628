using System.Buffers;
using System.Text.Json;
using BrxSync.Client.Inventory;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Snapshots;

/// <summary>
/// Decides whether a product fits the stock tables. What does not would fail a whole statement later, so it becomes the fault of its
/// own row here.
/// </summary>
internal static class SnapshotRowCheck
{
    /// <summary>Gives the product to stage, or null with the fault.</summary>
    public static Product? Fit(Product product, out string? fault)
    {
        fault = product switch
        {
            { BlueprintId.Value: > int.MaxValue } => $"blueprint_id {product.BlueprintId.Value} is above {int.MaxValue}",
            { Price.Cents: < 0 or > int.MaxValue } => $"price {product.Price.Cents} cents is outside 0..{int.MaxValue}",
            _ when !IsCurrency(product.Price.Currency) => "price_currency is not three capital letters",
            _ when StoredJson.HasNul(product.Description) => "description holds a NUL character",
            _ when StoredJson.HasNul(product.UserDataField) => "user_data_field holds a NUL character",
            _ => null,
        };
        if (fault is not null)
        {
            return null;
        }

        // Escapes can spell what no database keeps: NUL, or half a surrogate pair. Numbers are the other thing JSON leaves unlimited.
        var json = product.Properties.Utf8Json;
        return json.Span.ContainsAny((byte)'\\', (byte)'[') || HasNumber(json.Span) ? Rewrite(product, json, out fault) : product;
    }

    private static bool IsCurrency(string text) =>
        text.Length == 3 && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1]) && char.IsAsciiLetterUpper(text[2]);

    /// <summary>Looks at the values of names alone: those of arrays are read in any case.</summary>
    private static bool HasNumber(ReadOnlySpan<byte> json)
    {
        var rest = json;
        for (var colon = rest.IndexOf((byte)':'); colon >= 0; colon = rest.IndexOf((byte)':'))
        {
            rest = rest[(colon + 1)..];
            var value = rest.TrimStart(" \t\r\n"u8);
            if (!value.IsEmpty && value[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the properties value by value and writes them without escapes.</summary>
    private static Product? Rewrite(Product product, ReadOnlyMemory<byte> json, out string? fault)
    {
        fault = null;
        var buffer = new ArrayBufferWriter<byte>(json.Length);
        try
        {
            using var document = JsonDocument.Parse(json);
            using var writer = new Utf8JsonWriter(buffer);
            writer.WriteStartObject();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                fault = FaultOf(property);
                if (fault is not null)
                {
                    return null;
                }

                property.WriteTo(writer);
            }

            writer.WriteEndObject();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            fault = "properties hold text that is not valid Unicode";
            return null;
        }

        return product with { Properties = ProductProperties.FromUtf8Json(buffer.WrittenSpan) };
    }

    private static string? FaultOf(JsonProperty property) => StoredJson.FaultOf(property.Name, property.Value) is { } fault
        ? $"property {property.Name.Replace("\0", "?", StringComparison.Ordinal)} {fault}"
        : null;
}
