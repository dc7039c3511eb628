using System.ComponentModel.DataAnnotations;
using BrxSync.Client.RateLimiting;
using BrxSync.Client.Resilience;
using Microsoft.Extensions.Options;

namespace BrxSync.Client;

/// <summary>Settings of the CardTrader client. They are checked when the host starts.</summary>
public sealed class CardTraderClientOptions
{
    /// <summary>
    /// The durations among these settings, as paths in a configuration; a test compares them with the types, which a
    /// trimmed program cannot look at.
    /// </summary>
    internal static IReadOnlyList<string> Durations { get; } =
    [
        "StallTimeout",
        "RateLimiter:Window", "RateLimiter:JobPollInterval", "RateLimiter:LeaseLifetime",
        "Resilience:RetryDelay", "Resilience:MaxRetryDelay",
        "Resilience:Export:AttemptTimeout", "Resilience:Export:TotalTimeout",
        "Resilience:Read:AttemptTimeout", "Resilience:Read:TotalTimeout",
        "Resilience:Write:AttemptTimeout", "Resilience:Write:TotalTimeout",
        "Resilience:NonRepeatableWrite:AttemptTimeout", "Resilience:NonRepeatableWrite:TotalTimeout",
        "Resilience:JobPoll:AttemptTimeout", "Resilience:JobPoll:TotalTimeout",
        "Resilience:CircuitBreaker:SamplingDuration", "Resilience:CircuitBreaker:BreakDuration",
        "Resilience:Throttling:MaxTotalWait", "Resilience:Throttling:MaxRetryAfter", "Resilience:Throttling:BlockedPause",
    ];

    /// <summary>Gets or sets the address that all paths are appended to.</summary>
    /// <value>
    /// The default is <c>https://api.cardtrader.com/api/v2</c>. Must be absolute and use HTTPS; plain HTTP is allowed on loopback.
    /// </value>
    [Required]
    public Uri BaseAddress { get; set; } = new("https://api.cardtrader.com/api/v2");

    /// <summary>Gets the address as a folder, which paths are appended to.</summary>
    internal Uri Address => BaseAddress.AbsoluteUri.EndsWith('/') ? BaseAddress : new Uri(BaseAddress.AbsoluteUri + "/");

    /// <summary>Gets or sets a value indicating whether plain HTTP is allowed to other machines too.</summary>
    /// <value>The default is <see langword="false"/>: tokens would travel readable. Meant for a simulator in a private network.</value>
    public bool AllowInsecureHttp { get; set; }

    /// <summary>Gets or sets the name of the application sent as <c>User-Agent</c>.</summary>
    /// <value>The default is <c>BrxSync.Client</c>. One product token, optionally followed by <c>/version</c>.</value>
    [Required]
    [RegularExpression(
        @"^[A-Za-z0-9.!#$%&'*+^_`|~-]+(/[A-Za-z0-9.!#$%&'*+^_`|~-]+)?$", ErrorMessage = "UserAgent must look like Name or Name/1.0.")]
    public string UserAgent { get; set; } = "BrxSync.Client";

    /// <summary>
    /// Gets or sets how many bytes an answer may have that is read as a whole. Exports and other streams are not limited.
    /// </summary>
    /// <value>The default is 67,108,864 (64 MiB).</value>
    [Range(1024, 1024 * 1024 * 1024)]
    public int MaxResponseBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Gets or sets how many bytes a single row of an export may have. The body as a whole is not limited.</summary>
    /// <value>The default is 4,194,304 (4 MiB).</value>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxExportRowBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Gets or sets time limits, retries, circuits and concurrency.</summary>
    [Required]
    [ValidateObjectMembers]
    public ResilienceOptions Resilience { get; set; } = new();

    /// <summary>Gets or sets how fast one token may send, in this process.</summary>
    [Required]
    [ValidateObjectMembers]
    public RateLimiterOptions RateLimiter { get; set; } = new();

    /// <summary>Gets or sets how long a body may stop arriving before the call fails.</summary>
    /// <value>The default is 60 seconds. Must be positive and at most one hour.</value>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets or sets a value indicating whether calls that change the cart or buy are allowed.</summary>
    /// <value>The default is <see langword="false"/>: nobody spends money by accident.</value>
    public bool AllowPurchases { get; set; }
}
