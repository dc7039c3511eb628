using System.ComponentModel.DataAnnotations;

namespace BrxSync.Client.Resilience;

/// <summary>Time limits, retries and concurrency for one class of calls.</summary>
public sealed class CallPolicyOptions
{
    /// <summary>
    /// Gets or sets how long one attempt may take, from sending to the complete answer (for streams: to the first bytes of the body).
    /// </summary>
    /// <value>The default is 30 seconds, for exports 180 seconds.</value>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long the call may take with all its attempts and the waits between them.</summary>
    /// <value>The default is 5 minutes, for exports 12 minutes. Waiting for a slot of the rate limiter does not count.</value>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets how often a failed attempt is repeated. Attempts refused by the rate limit (429) are counted apart.</summary>
    /// <value>
    /// The default is 3, for exports 2, for job polls 5, for calls that are not repeatable 2; the latter are only repeated when
    /// no byte of them was sent. 0 turns retries off.
    /// </value>
    [Range(0, 20)]
    public int MaxRetries { get; set; } = 3;

    /// <summary>Gets or sets how many calls of this class may be in flight at once in the process.</summary>
    /// <value>
    /// The default is 32, for exports 8, for other classes 16. Calls of high priority have as many places of their own, so that
    /// bulk work never keeps them waiting.
    /// </value>
    [Range(1, 10_000)]
    public int MaxConcurrency { get; set; } = 16;
}
