using System.ComponentModel.DataAnnotations;

namespace BrxSync.Sync.Snapshots;

/// <summary>How full syncs run.</summary>
public sealed class FullSyncOptions
{
    /// <summary>Gets or sets how many products are staged at a time. Two batches wait at most, so this bounds the memory of a run.</summary>
    /// <value>Default 2,000.</value>
    [Range(1, 100_000)]
    public int BatchSize { get; set; } = 2_000;

    /// <summary>
    /// Gets or sets how long a run waits for another one of the account that shows no sign of life: the database needs a moment to
    /// notice that a process was killed. A run that is alive is reported as soon as it shows it, within about a second.
    /// </summary>
    /// <value>Default 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan TakeoverPatience { get; set; } = TimeSpan.FromSeconds(10);
}
