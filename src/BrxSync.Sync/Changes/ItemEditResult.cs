namespace BrxSync.Sync;

/// <summary>What became of one edit of many.</summary>
public sealed record ItemEditResult
{
    /// <summary>Gets its place among those that were given, from 0.</summary>
    public required long Index { get; init; }

    /// <summary>Gets the item.</summary>
    public required long ItemId { get; init; }

    /// <summary>Gets what it has made of the item; null when it was refused.</summary>
    public ChangeReceipt? Receipt { get; init; }

    /// <summary>Gets what is wrong with it; empty when it was made.</summary>
    public IReadOnlyList<ChangeFault> Faults { get; init; } = [];
}
