using BrxSync.Client.Diagnostics;
using BrxSync.Hosting.Diagnostics;
using BrxSync.Sync.Diagnostics;

namespace OpenTelemetry.Metrics;

/// <summary>Measures what BrxSync does.</summary>
public static class BrxSyncMetricsExtensions
{
    /// <summary>The name under which Npgsql measures.</summary>
    private const string Npgsql = "Npgsql";

    /// <summary>Collects the metrics of all packages of BrxSync, and those of its pools of connections to PostgreSQL.</summary>
    /// <remarks>The pools of PostgreSQL are told by Npgsql, and a host that uses Npgsql itself sees its own among them.</remarks>
    /// <param name="builder">The host's builder of metrics.</param>
    /// <param name="pools">Whether what Npgsql measures is collected too.</param>
    /// <returns>The same builder.</returns>
    public static MeterProviderBuilder AddBrxSyncInstrumentation(this MeterProviderBuilder builder, bool pools = true)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddMeter(CardTraderDiagnostics.Name, SyncDiagnostics.Name, HostingDiagnostics.Name);
        return pools ? builder.AddMeter(Npgsql) : builder;
    }
}
