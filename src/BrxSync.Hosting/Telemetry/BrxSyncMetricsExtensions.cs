using BrxSync.Client.Diagnostics;
using BrxSync.Hosting.Diagnostics;
using BrxSync.Sync.Diagnostics;

namespace OpenTelemetry.Metrics;

/// <summary>Measures what BrxSync does.</summary>
public static class BrxSyncMetricsExtensions
{
    /// <summary>Collects the metrics of all packages of BrxSync.</summary>
    /// <param name="builder">The host's builder of metrics.</param>
    /// <returns>The same builder.</returns>
    public static MeterProviderBuilder AddBrxSyncInstrumentation(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddMeter(CardTraderDiagnostics.Name, SyncDiagnostics.Name, HostingDiagnostics.Name);
    }
}
