using System.ComponentModel.DataAnnotations;

namespace BrxSync.Sync.Feed;

/// <summary>How one feed hands the changes of the stock to its handler. The options have the name of the feed.</summary>
public sealed class StockFeedOptions
{
    /// <summary>Gets or sets where the feed begins with an account that it has not seen yet.</summary>
    /// <value>Default <see cref="StockFeedStart.Beginning"/>.</value>
    [EnumDataType(typeof(StockFeedStart))]
    public StockFeedStart Start { get; set; } = StockFeedStart.Beginning;

    /// <summary>Gets or sets how many entries a batch holds at most.</summary>
    /// <value>Default 500.</value>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 500;

    /// <summary>
    /// Gets or sets how long a handler may take for a batch. It is cancelled then, and the batch counts as failed. After a process died
    /// amid a batch, another waits this long and half a minute more before it goes on.
    /// </summary>
    /// <value>Default 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how often a batch is tried before the feed is paused for the account, with a dead letter.</summary>
    /// <value>Default 10.</value>
    [Range(1, 100)]
    public int Attempts { get; set; } = 10;

    /// <summary>
    /// Gets or sets how long to wait after the first attempt in vain, up to a half of it less; it doubles with each further one.
    /// </summary>
    /// <value>Default 2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets how long to wait at most after an attempt in vain.</summary>
    /// <value>Default 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan RetryMaxDelay { get; set; } = TimeSpan.FromMinutes(5);
}
