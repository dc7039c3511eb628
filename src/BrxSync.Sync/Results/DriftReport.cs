namespace BrxSync.Sync;

/// <summary>What a reconciliation found before it repaired anything.</summary>
public sealed record DriftReport
{
    /// <summary>Gets the operation that compared.</summary>
    public required string OperationId { get; init; }

    /// <summary>Gets the account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>
    /// Gets what the rules let the reconciliation do: <see cref="OperationStatus.Completed"/> when all was repaired,
    /// <see cref="OperationStatus.Withheld"/> when nothing was removed.
    /// </summary>
    public required OperationStatus Status { get; init; }

    /// <summary>Gets the start of the time in which CardTrader looked at its stock, in its own clock.</summary>
    public required DateTimeOffset WindowFrom { get; init; }

    /// <summary>Gets the end of that time.</summary>
    public required DateTimeOffset WindowTo { get; init; }

    /// <summary>Gets when the report was stored.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets how many products were equal on both sides.</summary>
    public required long Equal { get; init; }

    /// <summary>Gets how many products were on both sides and differed in at least one field.</summary>
    public required long Different { get; init; }

    /// <summary>Gets the differences by kind, those of which there were any.</summary>
    public IReadOnlyList<DriftFinding> Findings { get; init; } = [];

    /// <summary>Gets how many products CardTrader lists that were not in the local stock.</summary>
    public long MissingLocal => Count(DriftKinds.MissingLocal);

    /// <summary>Gets how many products were on sale in the local stock that CardTrader does not list.</summary>
    public long MissingRemote => Count(DriftKinds.MissingRemote);

    /// <summary>Gets whether both sides were equal.</summary>
    public bool IsClean => Different == 0 && Findings.Count == 0;

    /// <summary>Counts the differences of one kind.</summary>
    /// <param name="kind">One of <see cref="DriftKinds"/>.</param>
    /// <returns>How many products differed in this way.</returns>
    public long Count(string kind) => Findings.FirstOrDefault(finding => finding.Kind == kind)?.Count ?? 0;
}
