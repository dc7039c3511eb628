namespace BrxSync.Client.Serialization.Rows;

/// <summary>Where a row stands in its body.</summary>
/// <param name="Index">The place of the row, counted from 0.</param>
/// <param name="ByteOffset">Where the row starts in the decompressed body, counted from 0.</param>
internal readonly record struct RowPlace(long Index, long ByteOffset);
