using Polly;

namespace BrxSync.Client.Resilience;

/// <summary>Nothing to set: only the name by which telemetry of the pipelines tells the strategy.</summary>
internal sealed class AttemptStrategyOptions : ResilienceStrategyOptions
{
    public AttemptStrategyOptions() => Name = "RateLimit";
}
