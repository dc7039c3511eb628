namespace BrxSync.Sync;

/// <summary>What became of one complete read of an account's stock.</summary>
public sealed record SnapshotSummary
{
    /// <summary>Gets the operation that read it.</summary>
    public required string OperationId { get; init; }

    /// <summary>
    /// Gets the verdict: <see cref="OperationStatus.Completed"/> when it was applied, <see cref="OperationStatus.Withheld"/> when nothing
    /// was removed, <see cref="OperationStatus.Failed"/> when nothing of it was believed.
    /// </summary>
    public required OperationStatus Status { get; init; }

    /// <summary>Gets why, each reason a sentence; also those of a fall that was accepted.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Gets when it was recorded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the start of the time in which CardTrader looked at its stock, in its own clock.</summary>
    public required DateTimeOffset WindowFrom { get; init; }

    /// <summary>Gets the end of that time.</summary>
    public required DateTimeOffset WindowTo { get; init; }

    /// <summary>Gets how many products it held.</summary>
    public required long Products { get; init; }

    /// <summary>Gets how many of its rows were left out.</summary>
    public required long Skipped { get; init; }

    /// <summary>Gets how many products should have been on sale.</summary>
    public required long Expected { get; init; }

    /// <summary>Gets how many of those it lacked.</summary>
    public required long Gone { get; init; }

    /// <summary>Gets the currency that all its products are priced in, where that is another than the account's; null otherwise.</summary>
    public string? NewCurrency { get; init; }

    /// <summary>
    /// Gets whether an operator can accept it now: its fall and its new currency alone stood in its way, and no later
    /// snapshot says otherwise.
    /// </summary>
    public bool CanBeAccepted { get; init; }

    /// <summary>Gets whether an operator has accepted it, and no snapshot was applied since.</summary>
    public bool IsAccepted { get; init; }
}
