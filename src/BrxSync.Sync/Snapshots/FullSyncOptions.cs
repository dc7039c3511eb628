using System.ComponentModel.DataAnnotations;

namespace BrxSync.Sync.Snapshots;

/// <summary>How full syncs run.</summary>
public sealed class FullSyncOptions
{
    /// <summary>
    /// Gets or sets how many products are staged at a time. Two batches wait at most, so this bounds the memory of a run.
    /// </summary>
    /// <value>Default 2,000.</value>
    [Range(1, 100_000)]
    public int BatchSize { get; set; } = 2_000;

    /// <summary>Gets or sets how accounts are read by full syncs and reconciliations that do not say it themselves.</summary>
    /// <value>Default <see cref="SyncMode.Whole"/>.</value>
    [EnumDataType(typeof(SyncMode))]
    public SyncMode Mode { get; set; } = SyncMode.Whole;

    /// <summary>
    /// Gets or sets how long after its start a read by expansions may be resumed. Sales between its start and its end are taken into
    /// account again and their products read once more, so a longer time means more re-reads; an older beginning is read anew.
    /// </summary>
    /// <value>Default 6 hours.</value>
    [Range(typeof(TimeSpan), "00:00:00", "2.00:00:00")]
    public TimeSpan ResumeWithin { get; set; } = TimeSpan.FromHours(6);

    /// <summary>
    /// Gets or sets how long a run waits for another one of the account that shows no sign of life: the database needs a moment to
    /// notice that a process was killed. A run that is alive is reported as soon as it shows it, within about a second.
    /// </summary>
    /// <value>Default 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan TakeoverPatience { get; set; } = TimeSpan.FromSeconds(10);
}
