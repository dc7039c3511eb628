using System.Text.Json;

namespace BrxSync.Client.Serialization.Rows;

/// <summary>Reads rows by the reader of their records; those that it refuses are noted, and cost none of the others.</summary>
/// <param name="read">Reads a row; throws a <see cref="JsonException"/> when it cannot. What it keeps of the value is copied.</param>
internal sealed class RecordRows<T>(Func<JsonElement, T> read)
    where T : class
{
    private List<UnreadableRow>? _unreadable;

    /// <summary>The rows that could not be read; nothing when all could.</summary>
    public IReadOnlyList<UnreadableRow>? Unreadable => _unreadable;

    /// <summary>Reads a row, as <see cref="RowParser{T}"/> does; one that is noted is none.</summary>
    public bool TryParse(ref Utf8JsonReader reader, ReadOnlyMemory<byte> source, RowPlace place, out T? row)
    {
        row = null;
        var start = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
        {
            return false;
        }

        // The document refers to the bytes where they are, and ends before they change.
        using var document = JsonDocument.Parse(source[start..(int)reader.BytesConsumed]);
        _ = TolerantList.TryRead(document.RootElement, checked((int)place.Index), read, ref _unreadable, out row);
        return true;
    }
}
