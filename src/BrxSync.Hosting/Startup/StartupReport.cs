using BrxSync.Client;
using BrxSync.Hosting.Diagnostics;
using BrxSync.Hosting.Jobs;
using BrxSync.Sync;
using BrxSync.Sync.Adapters.Redis;
using BrxSync.Sync.Catalog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrxSync.Hosting.Startup;

/// <summary>Says in one line what this host uses, so that nobody has to guess which of configuration, code and defaults has won.</summary>
internal sealed partial class StartupReport(
    IServiceProviderIsService services, IOptions<CardTraderClientOptions> client, IOptions<JobsOptions> jobs, ILogger<StartupReport> logger)
{
    public void Write(IStoreMigrator store) => Log.Configured(
        logger,
        store.Description,
        services.IsService(typeof(ICatalog)) ? "in use" : "none",
        services.IsService(typeof(RedisHealth)) ? "shared through Redis" : "kept in this process",
        services.IsService(typeof(JobQueue)) && jobs.Value.Enabled ? "run here" : "left to other processes",
        client.Value.BaseAddress.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped));

    private static partial class Log
    {
        [LoggerMessage(EventIds.Configured, LogLevel.Information,
            "BrxSync keeps the stock in {Store}; catalogue: {Catalogue}; rate limits: {Limits}; jobs: {Jobs}; CardTrader at {CardTrader}")]
        public static partial void Configured(
            ILogger logger, string store, string catalogue, string limits, string jobs, string cardTrader);
    }
}
