using System.ComponentModel.DataAnnotations;

namespace BrxSync.Sync.Snapshots;

/// <summary>How full syncs run.</summary>
public sealed class FullSyncOptions
{
    /// <summary>Gets or sets how many products are staged at a time. Two batches wait at most, so this bounds the memory of a run.</summary>
    /// <value>Default 2,000.</value>
    [Range(1, 100_000)]
    public int BatchSize { get; set; } = 2_000;
}
