using System.Text.Json;
using System.Text.Unicode;
using BrxSync.Client.Errors;
using BrxSync.Client.Serialization;
using BrxSync.Client.Serialization.Rows;

namespace BrxSync.Client.Inventory.Exports;

/// <summary>Reads the rows of a stock export; one whose values are impossible is returned with its fault.</summary>
internal sealed class ProductRowParser
{
    private readonly ProductParser _parser = new();

    /// <summary>Reads a row, as <see cref="RowParser{T}"/> does.</summary>
    public bool TryParse(ref Utf8JsonReader reader, ReadOnlyMemory<byte> source, RowPlace place, out ProductExportRow row)
    {
        row = default;
        var bytes = source.Span;
        var start = (int)reader.TokenStartIndex;
        if (!TryReadValue(ref reader, bytes, out var product, out var fault))
        {
            return false;
        }

        // Strings nobody decoded were only searched for their closing quote.
        if (!Utf8.IsValid(bytes[start..(int)reader.BytesConsumed]))
        {
            throw new RowsBodyException(ResponseFaultKind.NotUtf8, place.ByteOffset, place.Index);
        }

        row = new ProductExportRow(place.Index, place.ByteOffset, product, fault);
        return true;
    }

    private bool TryReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, out Product? product, out string? fault)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return _parser.TryParse(ref reader, source, out product, out fault);
        }

        product = null;
        fault = $"the row is not an object but {TolerantValues.Quote(ref reader)}";
        return ProductParser.TryPass(ref reader);
    }
}
