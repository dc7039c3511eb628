namespace BrxSync.Sync.Abstractions.Records.Snapshots;

/// <summary>How a planned snapshot is applied.</summary>
internal sealed record SnapshotApplication
{
    /// <summary>Gets the record to store with it; only an applied verdict marks what is missing.</summary>
    public required SnapshotRecord Record { get; init; }

    /// <summary>Gets the currency of the account's prices from now on, or null when none is known.</summary>
    public string? Currency { get; init; }

    /// <summary>Gets what differs, to be stored with it; null when it was not asked for.</summary>
    public SnapshotDrift? Drift { get; init; }

    /// <summary>Gets the requests for reads that were known when the snapshot was begun: it meets them.</summary>
    public IReadOnlyList<RereadRequest> Requests { get; init; } = [];

    /// <summary>Gets what the rules write beside the plan, or null when no product needed them.</summary>
    public StockWrites? Stock { get; init; }
}
