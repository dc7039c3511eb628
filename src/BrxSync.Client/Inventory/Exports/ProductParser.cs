using System.Text.Json;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Inventory.Exports;

/// <summary>Reads one product in any of its shapes. Bad values make a fault, never an exception; only bad JSON throws.</summary>
/// <remarks>Not thread safe: it remembers the last currency so that a million products share one text.</remarks>
internal sealed class ProductParser
{
    private byte[] _currencyUtf8 = [];
    private string _currency = string.Empty;

    /// <summary>Reads the object whose start the reader stands on.</summary>
    /// <param name="reader">Its bytes must be the given ones.</param>
    /// <param name="source">The bytes of the reader, from which properties are copied as they are.</param>
    /// <param name="product">The product, unless there is a fault.</param>
    /// <param name="fault">What is wrong with the values.</param>
    /// <returns><see langword="false"/> when the bytes end before the object does.</returns>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public bool TryParse(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, out Product? product, out string? fault)
    {
        product = null;
        fault = null;
        var draft = default(ProductDraft);
        while (true)
        {
            if (!reader.Read())
            {
                return false;
            }

            if (reader.TokenType == JsonTokenType.EndObject)
            {
                product = draft.Build(out fault);
                return true;
            }

            var field = ProductFieldNames.Find(ref reader);
            var complete = field == ProductFields.None
                ? TryReadUnknown(ref reader, source, ref draft)
                : TryReadKnown(ref reader, source, ref draft, field);
            if (!complete)
            {
                return false;
            }
        }
    }

    /// <summary>Moves past the value the reader stands on.</summary>
    /// <returns><see langword="false"/> when the bytes end before the value does.</returns>
    public static bool TryPass(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            var depth = reader.CurrentDepth;
            do
            {
                if (!reader.Read())
                {
                    return false;
                }
            }
            while (reader.CurrentDepth > depth);
        }

        return true;
    }

    private bool TryReadKnown(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, ref ProductDraft draft, ProductFields field)
    {
        if (!reader.Read())
        {
            return false;
        }

        if ((draft.Seen & field) != ProductFields.None)
        {
            draft.Blame($"{ProductFieldNames.NameOf(field)} appears twice");
        }

        draft.Seen |= field;
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            return TryReadContainer(ref reader, source, ref draft, field);
        }

        ReadValue(ref reader, source, ref draft, field);
        return true;
    }

    private void ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, ref ProductDraft draft, ProductFields field)
    {
        switch (field)
        {
            case ProductFields.Id:
                draft.Id = ReadRequiredId(ref reader, ref draft, field);
                break;
            case ProductFields.BlueprintId:
                draft.BlueprintId = ReadRequiredId(ref reader, ref draft, field);
                break;
            case ProductFields.CategoryId:
                draft.CategoryId = ReadNumber(ref reader, ref draft, field, 1, long.MaxValue);
                break;
            case ProductFields.GameId:
                draft.GameId = ReadNumber(ref reader, ref draft, field, 1, long.MaxValue);
                break;
            case ProductFields.ExpansionId:
                draft.ExpansionId = ReadNumber(ref reader, ref draft, field, 1, long.MaxValue);
                break;
            case ProductFields.UserId:
                draft.UserId = ReadNumber(ref reader, ref draft, field, 1, long.MaxValue);
                break;
            case ProductFields.Quantity:
                draft.Quantity = ReadNumber(ref reader, ref draft, field, 0, int.MaxValue);
                break;
            case ProductFields.BundleSize:
                draft.BundleSize = ReadNumber(ref reader, ref draft, field, 1, int.MaxValue) ?? 0;
                break;
            case ProductFields.BundledQuantity when TolerantValues.TryReadInteger(ref reader, out var cards)
                && cards is >= 0 and <= int.MaxValue:
                draft.BundledQuantity = cards;
                break;
            case ProductFields.BundledQuantity or ProductFields.UploadedImages when !TolerantValues.IsNone(ref reader):
                // Nothing depends on them: what cannot be read is kept, and the product is as good as any.
                draft.Keep(
                    ProductFieldNames.NameOf(field),
                    JsonElement.Parse(source[(int)reader.TokenStartIndex..(int)reader.BytesConsumed]),
                    "It is of another kind than it should be.");
                break;
            case ProductFields.PriceCents:
                draft.FlatCents = ReadNumber(ref reader, ref draft, field, 0, long.MaxValue);
                break;
            case ProductFields.PriceCurrency:
                draft.FlatCurrency = ReadCurrency(ref reader, ref draft);
                break;
            case ProductFields.Graded:
                if (!GradedValue.TryRead(ref reader, out draft.Graded, out draft.GradedText))
                {
                    BlameValue(ref reader, ref draft, field, "not readable");
                }

                break;
            case ProductFields.Name:
                draft.Name = ReadText(ref reader, ref draft, field);
                break;
            case ProductFields.Tag:
                draft.Tag = ReadText(ref reader, ref draft, field);
                break;
            case ProductFields.UserDataField:
                draft.UserDataField = ReadText(ref reader, ref draft, field);
                break;
            case ProductFields.Description:
                // The one text whose empty value differs from none: it is written back as it came.
                draft.Description = TolerantValues.IsNone(ref reader) && reader.TokenType == JsonTokenType.String
                    ? string.Empty
                    : ReadText(ref reader, ref draft, field);
                break;
            case ProductFields.Price or ProductFields.PropertiesHash or ProductFields.Properties:
                if (!TolerantValues.IsNone(ref reader))
                {
                    BlameValue(ref reader, ref draft, field, "not an object");
                }

                break;
            default:
                break;
        }
    }

    private bool TryReadContainer(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, ref ProductDraft draft, ProductFields field)
    {
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        switch (field)
        {
            case ProductFields.PropertiesHash when isObject:
                return TryReadProperties(ref reader, source, ref draft, out draft.PropertiesHash);
            case ProductFields.Properties when isObject:
                return TryReadProperties(ref reader, source, ref draft, out draft.Properties);
            case ProductFields.Price when isObject:
                return TryReadPrice(ref reader, source, ref draft);
            case ProductFields.UploadedImages:
                return TryReadImages(ref reader, source, ref draft);
            default:
                draft.Blame($"{ProductFieldNames.NameOf(field)} is {(isObject ? "an object" : "an array")}");
                return TryPass(ref reader);
        }
    }

    private static bool TryReadProperties(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> source, ref ProductDraft draft, out ProductProperties? properties)
    {
        properties = null;
        if (!TryPassRaw(ref reader, source, out var raw))
        {
            return false;
        }

        if (!ProductProperties.HoldsOnlyText(raw))
        {
            draft.Blame("properties hold a text that is not valid Unicode");
            return true;
        }

        properties = ProductProperties.FromVerified(raw);
        return true;
    }

    private bool TryReadPrice(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, ref ProductDraft draft)
    {
        var start = (int)reader.TokenStartIndex;
        var (cents, currencies, others) = (0, 0, 0);
        while (true)
        {
            if (!reader.Read())
            {
                return false;
            }

            if (reader.TokenType == JsonTokenType.EndObject)
            {
                break;
            }

            var isCents = reader.ValueTextEquals("cents"u8);
            var isCurrency = reader.ValueTextEquals("currency"u8);
            if (!reader.Read())
            {
                return false;
            }

            if (isCents)
            {
                cents++;
                draft.PriceCents = ReadNumber(ref reader, ref draft, ProductFields.Price, 0, long.MaxValue);
            }
            else if (isCurrency)
            {
                currencies++;
                draft.PriceCurrency = ReadCurrency(ref reader, ref draft);
            }
            else
            {
                others++;
            }

            if (!TryPass(ref reader))
            {
                return false;
            }
        }

        if (cents > 1 || currencies > 1)
        {
            draft.Blame("price holds an amount twice");
        }

        var isHalf = draft.PriceCents is null != draft.PriceCurrency is null;
        if (others > 0 || isHalf)
        {
            draft.Keep(
                "price",
                JsonElement.Parse(source[start..(int)reader.BytesConsumed]),
                isHalf ? "It is no amount of money with its currency." : null);
        }

        return true;
    }

    private static bool TryReadImages(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, ref ProductDraft draft)
    {
        if (!TryPassRaw(ref reader, source, out var raw))
        {
            return false;
        }

        if (raw is not [(byte)'[', (byte)']'])
        {
            var value = JsonElement.Parse(raw);
            draft.Images = ProductImages.Read(value, out var faults);
            if (faults.Count > 0)
            {
                draft.Keep("uploaded_images", value);
                draft.Notes = [.. draft.Notes ?? [], .. faults];
            }
        }

        return true;
    }

    private static bool TryReadUnknown(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, ref ProductDraft draft)
    {
        var isText = TolerantValues.TryReadText(ref reader, out var name);
        if (!reader.Read())
        {
            return false;
        }

        if (!TryPassRaw(ref reader, source, out var raw))
        {
            return false;
        }

        draft.Keep(name ?? "?", JsonElement.Parse(raw), isText ? null : "The key is not valid Unicode.");

        return true;
    }

    private static bool TryPassRaw(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, out ReadOnlySpan<byte> raw)
    {
        var start = (int)reader.TokenStartIndex;
        if (!TryPass(ref reader))
        {
            raw = default;
            return false;
        }

        raw = source[start..(int)reader.BytesConsumed];
        return true;
    }

    private static long ReadRequiredId(ref Utf8JsonReader reader, ref ProductDraft draft, ProductFields field) =>
        ReadNumber(ref reader, ref draft, field, 1, long.MaxValue) ?? 0;

    private static long? ReadNumber(ref Utf8JsonReader reader, ref ProductDraft draft, ProductFields field, long smallest, long largest)
    {
        if (TolerantValues.TryReadInteger(ref reader, out var value))
        {
            if (value >= smallest && value <= largest)
            {
                return value;
            }

            BlameValue(ref reader, ref draft, field, value < 0 ? "negative" : "out of range");
        }
        else if (!TolerantValues.IsNone(ref reader))
        {
            BlameValue(ref reader, ref draft, field, "not a whole number of 64 bits");
        }

        return null;
    }

    private static string? ReadText(ref Utf8JsonReader reader, ref ProductDraft draft, ProductFields field)
    {
        if (TolerantValues.IsNone(ref reader))
        {
            return null;
        }

        if (!TolerantValues.TryReadText(ref reader, out var text))
        {
            draft.Blame($"{ProductFieldNames.NameOf(field)} is not valid Unicode text");
        }

        return text;
    }

    private string? ReadCurrency(ref Utf8JsonReader reader, ref ProductDraft draft)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.SequenceEqual(_currencyUtf8))
        {
            return _currency;
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            if (reader.TokenType != JsonTokenType.Null)
            {
                BlameValue(ref reader, ref draft, ProductFields.PriceCurrency, "not a text");
            }

            return null;
        }

        var text = ReadText(ref reader, ref draft, ProductFields.PriceCurrency);
        if (text is not null)
        {
            _currency = text;
            _currencyUtf8 = reader.ValueSpan.ToArray();
        }

        return text;
    }

    private static void BlameValue(ref Utf8JsonReader reader, ref ProductDraft draft, ProductFields field, string what) =>
        draft.Blame($"{ProductFieldNames.NameOf(field)} is {what} ({TolerantValues.Quote(ref reader)})");
}
