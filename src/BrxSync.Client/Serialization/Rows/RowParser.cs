using System.Text.Json;

namespace BrxSync.Client.Serialization.Rows;

/// <summary>Parses the value that a reader stands on.</summary>
/// <param name="reader">Its bytes are the given ones. When it returns, it stands on the last token of the row.</param>
/// <param name="source">The bytes of the reader; they change when the next row is read.</param>
/// <param name="place">Where the row stands.</param>
/// <param name="row">What was read of the row.</param>
/// <returns><see langword="false"/> when the bytes end before the row does; it is called again then, with more of them.</returns>
/// <exception cref="JsonException">The text is not JSON.</exception>
/// <exception cref="RowsBodyException">The row shows that the whole body cannot be used.</exception>
internal delegate bool RowParser<T>(ref Utf8JsonReader reader, ReadOnlyMemory<byte> source, RowPlace place, out T? row);
