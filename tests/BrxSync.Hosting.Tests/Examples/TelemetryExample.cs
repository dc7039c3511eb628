using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace BrxSync.Hosting.Tests.Examples;

/// <summary>The example of docs/guides/traces-and-metrics.md.</summary>
internal static class TelemetryExample
{
    public static OpenTelemetryBuilder Add(IServiceCollection services) =>

        // example: add
        services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddBrxSyncInstrumentation())
            .WithMetrics(metrics => metrics.AddBrxSyncInstrumentation());

    // end
}
