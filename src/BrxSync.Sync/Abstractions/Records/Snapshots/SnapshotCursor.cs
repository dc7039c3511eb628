using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Sync.Abstractions.Records.Snapshots;

/// <summary>How far a read by expansions came.</summary>
internal sealed record SnapshotCursor
{
    /// <summary>Whose stock was read, and with which token: nobody else goes on with it.</summary>
    public required string Identity { get; init; }

    /// <summary>When the first process began, in our clock.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From the first look to the last, in the marketplace's clock.</summary>
    public required SnapshotWindow Window { get; init; }

    /// <summary>The expansions that were read to their ends.</summary>
    public required IReadOnlyList<long> Expansions { get; init; }

    /// <summary>The blueprints that were looked up one by one.</summary>
    public required IReadOnlyList<long> Blueprints { get; init; }

    /// <summary>What the reader knows.</summary>
    public required SnapshotReaderState Reader { get; init; }
}
