namespace BrxSync.Sync.Abstractions.Records;

/// <summary>What waits for one account, and when its periodic work was done last.</summary>
internal sealed record AccountWork
{
    /// <summary>Gets the account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>Gets whether a full sync waits to be run, or was left by a process that is gone.</summary>
    public bool HasSync { get; init; }

    /// <summary>Gets whether products are to be read again now.</summary>
    public bool HasRereads { get; init; }

    /// <summary>Gets whether orders are to be fetched now.</summary>
    public bool HasOrderFetches { get; init; }

    /// <summary>Gets whether stored webhook deliveries wait.</summary>
    public bool HasDeliveries { get; init; }

    /// <summary>Gets whether local changes are to be made, sent, followed or decided now.</summary>
    public bool HasChanges { get; init; }

    /// <summary>Gets whether a feed has entries to hand over now, or is new.</summary>
    public bool HasFeed { get; init; }

    /// <summary>Gets whether calls may be made for it. Otherwise only its feeds go on.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Gets when the last successful full sync ended, or null.</summary>
    public DateTimeOffset? LastSyncAt { get; init; }

    /// <summary>Gets when orders were polled last, or null.</summary>
    public DateTimeOffset? OrdersPolledAt { get; init; }

    /// <summary>Gets when the last full sync or reconciliation was started, or null.</summary>
    public DateTimeOffset? ComparedAt { get; init; }

    /// <summary>Gets when the sweep has to look for its orders; null for now.</summary>
    public DateTimeOffset? OrdersDueAt { get; init; }

    /// <summary>Gets when the sweep has to compare it as a whole; null for now.</summary>
    public DateTimeOffset? CompareDueAt { get; init; }
}
