using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BrxSync.Client.Resilience;

/// <summary>How the client copes with a CardTrader that is slow, busy or down.</summary>
public sealed class ResilienceOptions
{
    /// <summary>Gets or sets the policy of stock exports.</summary>
    [Required]
    [ValidateObjectMembers]
    public CallPolicyOptions Export { get; set; } = new()
    {
        AttemptTimeout = TimeSpan.FromSeconds(180),
        TotalTimeout = TimeSpan.FromMinutes(12),
        MaxRetries = 2,
        MaxConcurrency = 8,
    };

    /// <summary>Gets or sets the policy of all other reading calls.</summary>
    [Required]
    [ValidateObjectMembers]
    public CallPolicyOptions Read { get; set; } = new() { MaxConcurrency = 32 };

    /// <summary>Gets or sets the policy of writes that set a final state, so that repeating them changes nothing more.</summary>
    [Required]
    [ValidateObjectMembers]
    public CallPolicyOptions Write { get; set; } = new();

    /// <summary>Gets or sets the policy of creates, increments and other calls that would act again when repeated.</summary>
    [Required]
    [ValidateObjectMembers]
    public CallPolicyOptions NonRepeatableWrite { get; set; } = new() { MaxRetries = 2 };

    /// <summary>Gets or sets the policy of asking how far a job is.</summary>
    [Required]
    [ValidateObjectMembers]
    public CallPolicyOptions JobPoll { get; set; } = new() { MaxRetries = 5 };

    /// <summary>Gets or sets the wait before the first retry; it doubles with each further one, with full jitter.</summary>
    /// <value>The default is 1 second.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets the longest wait between two attempts.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets when to stop calling.</summary>
    [Required]
    [ValidateObjectMembers]
    public CircuitBreakerOptions CircuitBreaker { get; set; } = new();

    /// <summary>Gets or sets how refusals by the rate limit are handled.</summary>
    [Required]
    [ValidateObjectMembers]
    public ThrottlingOptions Throttling { get; set; } = new();
}
