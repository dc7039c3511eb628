using BrxSync.Client.Resilience;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BrxSync.Hosting.Health;

/// <summary>Tells whether calls to CardTrader are sent; none is made. The stock can be read without them.</summary>
internal sealed class CardTraderHealthCheck(CardTraderHealth health) : IHealthCheck
{
    public const string Name = "brxsync-cardtrader";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (open, paused) = (health.OpenCircuits, health.PausedFor);
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["open_circuits"] = string.Join(',', open),
            ["paused_seconds"] = (long)paused.TotalSeconds,
        };
        return Task.FromResult(open.Count == 0 && paused == TimeSpan.Zero
            ? HealthCheckResult.Healthy("circuit closed", data)
            : new HealthCheckResult(
                context.Registration.FailureStatus, open.Count > 0 ? "circuit open" : "calls pause after a refusal", data: data));
    }
}
