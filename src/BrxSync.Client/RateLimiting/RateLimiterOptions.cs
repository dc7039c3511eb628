using System.ComponentModel.DataAnnotations;

namespace BrxSync.Client.RateLimiting;

/// <summary>Sets how fast one token may send. The defaults keep below every limit CardTrader is known to enforce.</summary>
public sealed class RateLimiterOptions
{
    /// <summary>CardTrader's limit of product searches: so many in a second.</summary>
    internal const int MarketplaceSlots = 10;

    /// <summary>CardTrader's limit of job polls: so many in a second.</summary>
    internal const int JobSlots = 1;

    /// <summary>Gets or sets how many requests may be counted in one <see cref="Window"/>.</summary>
    /// <value>200, CardTrader's limit.</value>
    [Range(1, 200)]
    public int RequestsPerWindow { get; set; } = 200;

    /// <summary>Gets or sets how long a request counts after its answer arrived.</summary>
    /// <value>10 seconds, CardTrader's window.</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the steady pace in requests per second.</summary>
    /// <value>19.6: 98 % of 200 in 10 seconds.</value>
    [Range(0.01, 20.0)]
    public double RequestsPerSecond { get; set; } = 19.6;

    /// <summary>Gets or sets how many requests may go out together after a pause.</summary>
    /// <value>2</value>
    [Range(1, 20)]
    public int Burst { get; set; } = 2;

    /// <summary>Gets or sets the pace of marketplace product searches in requests per second.</summary>
    /// <value>6. CardTrader states 10, 8 held in long runs.</value>
    [Range(0.01, 10.0)]
    public double MarketplaceRequestsPerSecond { get; set; } = 6;

    /// <summary>Gets or sets the time between two polls of jobs, whichever job they ask for.</summary>
    /// <value>1.05 seconds. CardTrader allows one poll per second.</value>
    public TimeSpan JobPollInterval { get; set; } = TimeSpan.FromSeconds(1.05);

    /// <summary>
    /// Gets or sets the share of the slots kept for <see cref="RateLimitPriority.High"/>: so many are free, or come free within
    /// 1.25 seconds, whatever normal work does. Normal work alone still reaches the full speed.
    /// </summary>
    /// <value>0.1: 20 of 200.</value>
    [Range(0.0, 0.9)]
    public double HighPriorityReserve { get; set; } = 0.1;

    /// <summary>Gets or sets how many requests of one token may wait. Further ones are turned away.</summary>
    /// <value>10,000</value>
    [Range(0, 1_000_000)]
    public int QueueLimit { get; set; } = 10_000;

    /// <summary>Gets or sets how long a lease may stay out before its request counts as lost.</summary>
    /// <value>10 minutes. Longer than any request's time-out.</value>
    public TimeSpan LeaseLifetime { get; set; } = TimeSpan.FromMinutes(10);
}
