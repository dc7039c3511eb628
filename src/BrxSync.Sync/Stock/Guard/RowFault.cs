namespace BrxSync.Sync.Stock.Guard;

/// <summary>One row of a snapshot that cannot be used as it is.</summary>
/// <param name="Index">The row's place in the array, from 0.</param>
/// <param name="ByteOffset">Where the row begins in the body, from 0.</param>
/// <param name="Text">What is wrong with it.</param>
internal readonly record struct RowFault(long Index, long ByteOffset, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => $"row {Index} at byte {ByteOffset}: {Text}";
}
