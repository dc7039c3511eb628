using System.ComponentModel.DataAnnotations;

namespace BrxSync.Client.Resilience;

/// <summary>When to stop calling a CardTrader that does not work. Each class of calls has a circuit of its own.</summary>
public sealed class CircuitBreakerOptions
{
    /// <summary>Gets or sets which share of the attempts must fail (5xx, timeout, connection) for the circuit to open.</summary>
    /// <value>The default is 0.5.</value>
    [Range(0.01, 1.0)]
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>Gets or sets how many attempts <see cref="SamplingDuration"/> must hold before the share means anything.</summary>
    /// <value>The default is 20.</value>
    [Range(2, 100_000)]
    public int MinimumThroughput { get; set; } = 20;

    /// <summary>Gets or sets over what time the share is measured.</summary>
    /// <value>The default is 30 seconds. Between 1 second and 1 hour.</value>
    public TimeSpan SamplingDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long an open circuit fails calls at once before it lets one through to try.</summary>
    /// <value>The default is 15 seconds. Between 1 second and 1 hour.</value>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(15);
}
