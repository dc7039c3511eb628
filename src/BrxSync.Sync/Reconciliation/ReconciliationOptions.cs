using System.ComponentModel.DataAnnotations;

namespace BrxSync.Sync.Reconciliation;

/// <summary>How often accounts are compared as a whole, and what the report keeps.</summary>
public sealed class ReconciliationOptions
{
    /// <summary>Gets or sets how long after the last one the next reconciliation of an account is due.</summary>
    /// <value>Default 15 minutes.</value>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Gets or sets by which share of the interval each run is moved at random, so that accounts do not all start at once.
    /// </summary>
    /// <value>Default 0.2: between 12 and 18 minutes with the default interval.</value>
    [Range(0.0, 0.5)]
    public double Jitter { get; set; } = 0.2;

    /// <summary>
    /// Gets or sets how old the last success of an account may be before it is counted as stale. Longer than the longest interval
    /// (<see cref="Interval"/> with its jitter), or every account would be stale now and then.
    /// </summary>
    /// <value>Default 1 hour.</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets how many products a drift report names for each kind of difference.</summary>
    /// <value>Default 20.</value>
    [Range(0, 1_000)]
    public int SampleCount { get; set; } = 20;
}
