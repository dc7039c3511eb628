using System.ComponentModel.DataAnnotations;

namespace BrxSync.Sync.Retention;

/// <summary>How long history is kept.</summary>
public sealed class RetentionOptions
{
    /// <summary>
    /// Gets or sets how long a change is kept after it is decided and every read has seen it. As long, a repeated reference of a sale or
    /// purchase, and a bulk edit that is given again, are known.
    /// </summary>
    /// <value>Default 90 days; null for ever.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan? Changes { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// Gets or sets how long entries of the journal are kept. One that a stock feed has not handed over yet, and the last one of an
    /// account, stay.
    /// </summary>
    /// <value>Default 400 days; null for ever.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan? Journal { get; set; } = TimeSpan.FromDays(400);

    /// <summary>
    /// Gets or sets how long dead letters are kept after they were settled. Open ones stay, and orders that were discarded, since they are
    /// not to be fetched again.
    /// </summary>
    /// <value>Default 90 days; null for ever.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan? DeadLetters { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Gets or sets how long operations are kept after they ended. The last one of each kind of an account stays.</summary>
    /// <value>Default 90 days; null for ever.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan? Operations { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// Gets or sets how long webhook deliveries are kept after they were received. Those that wait stay. One that CardTrader sends again
    /// later is taken for a new one, which says nothing new.
    /// </summary>
    /// <value>Default 30 days; null for ever.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan? Deliveries { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Gets or sets how long orders, and what counted of their items, are kept after anything new was last heard of them. An order stays
    /// as long as a read of its products, a change of them, or another order with its goods may still ask for it, and if nobody told when
    /// its items were sold.
    /// </summary>
    /// <value>Default 180 days; null for ever. At least 7 days.</value>
    [Range(typeof(TimeSpan), "7.00:00:00", "36500.00:00:00")]
    public TimeSpan? Orders { get; set; } = TimeSpan.FromDays(180);

    /// <summary>Gets or sets how long drift reports are kept. The last one of an account stays.</summary>
    /// <value>Default 90 days; null for ever.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan? DriftReports { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Gets or sets how long notices about orders are kept.</summary>
    /// <value>Default 90 days; null for ever.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan? Notices { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// Gets or sets how long the records of snapshots are kept. The first one of an account, with which its books begin, and the last ones,
    /// by which the next is judged, stay.
    /// </summary>
    /// <value>Default 90 days; null for ever.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan? Snapshots { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Gets or sets how often the jobs look for what is due.</summary>
    /// <value>Default 1 hour.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets how many rows are removed in one transaction.</summary>
    /// <value>Default 1,000.</value>
    [Range(1, 100_000)]
    public int BatchSize { get; set; } = 1_000;
}
