using System.ComponentModel.DataAnnotations;

namespace BrxSync.Sync.Adapters.Redis;

/// <summary>How Redis is used by the processes that share the limits of CardTrader.</summary>
public sealed class RedisOptions
{
    /// <summary>
    /// Gets or sets the connection string: hosts with ports, then settings, e.g. <c>redis-1:6379,redis-2:6379,password=...,ssl=true</c>.
    /// Time-outs that it sets itself win over the options here. Not used when the host gave a connection of its own.
    /// </summary>
    public string ConnectionString { get; set; } = string.Empty;

    /// <summary>Gets or sets what the names of all keys begin with. Installations that share a server need one each.</summary>
    /// <value>Default <c>brxsync</c>.</value>
    [Required]
    [StringLength(64)]
    public string KeyPrefix { get; set; } = "brxsync";

    /// <summary>Gets or sets the name of the primary that Sentinel knows it by; the connection string names the Sentinels then.</summary>
    public string? ServiceName { get; set; }

    /// <summary>
    /// Gets or sets how many processes use the same tokens at most. While Redis is away, each keeps to this part of the limits.
    /// </summary>
    /// <value>Default 4. With too few, the processes together ask for more than CardTrader allows.</value>
    [Range(1, 100)]
    public int Instances { get; set; } = 4;

    /// <summary>Gets or sets how long the rate limiter waits for an answer before it takes Redis for lost.</summary>
    /// <value>Default 250 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan LimiterTimeout { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets or sets how long connecting may take.</summary>
    /// <value>Default 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long the driver lets a command wait that nobody gave up before.</summary>
    /// <value>Default 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
