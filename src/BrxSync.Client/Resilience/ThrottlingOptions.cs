using System.ComponentModel.DataAnnotations;

namespace BrxSync.Client.Resilience;

/// <summary>How calls go on that CardTrader refused with 429. They were not executed, so every class may be repeated.</summary>
public sealed class ThrottlingOptions
{
    /// <summary>Gets or sets how often one call is repeated.</summary>
    /// <value>The default is 10. 0 turns these retries off.</value>
    [Range(0, 100)]
    public int MaxRetries { get; set; } = 10;

    /// <summary>Gets or sets how long one call may wait because of refusals, all waits together.</summary>
    /// <value>The default is 90 seconds.</value>
    public TimeSpan MaxTotalWait { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>
    /// Gets or sets the longest wait that a <c>Retry-After</c> header may ask for; what is longer, or not a sane value, is cut or ignored.
    /// </summary>
    /// <value>The default is 60 seconds.</value>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Gets or sets how long no call is sent after something in front of CardTrader blocked one (status 403 without an error code, a sign
    /// of bot protection set off by a burst).
    /// </summary>
    /// <value>The default is 2 minutes. Zero turns the pause off.</value>
    public TimeSpan BlockedPause { get; set; } = TimeSpan.FromMinutes(2);
}
