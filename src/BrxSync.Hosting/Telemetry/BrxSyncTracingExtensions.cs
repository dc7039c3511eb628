using BrxSync.Client.Diagnostics;
using BrxSync.Hosting.Diagnostics;
using BrxSync.Sync.Diagnostics;

namespace OpenTelemetry.Trace;

/// <summary>Traces what BrxSync does.</summary>
public static class BrxSyncTracingExtensions
{
    /// <summary>The name under which Npgsql traces.</summary>
    private const string Npgsql = "Npgsql";

    /// <summary>
    /// Traces jobs, runs, statements and calls to CardTrader. One trace goes from the request, webhook or schedule that asked for work to
    /// the calls that it led to, whichever process does them.
    /// </summary>
    /// <remarks>
    /// The statements are those of Npgsql, and a host that uses Npgsql itself sees its own among them. Of BrxSync's own there are only
    /// those that belong to a trace: looking for work, again and again, is none.
    /// </remarks>
    /// <param name="builder">The host's builder of traces.</param>
    /// <param name="statements">Whether statements of PostgreSQL are traced too.</param>
    /// <returns>The same builder.</returns>
    public static TracerProviderBuilder AddBrxSyncInstrumentation(this TracerProviderBuilder builder, bool statements = true)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddSource(CardTraderDiagnostics.Name, SyncDiagnostics.Name, HostingDiagnostics.Name);
        return statements ? builder.AddSource(Npgsql) : builder;
    }
}
