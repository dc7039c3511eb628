using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.DependencyInjection;
using BrxSync.Sync.Runs;
using BrxSync.Sync.Steps;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the engine. Most hosts call <c>AddBrxSync()</c> of BrxSync.Hosting, which does this and more.</summary>
public static class SyncServiceCollectionExtensions
{
    /// <summary>
    /// Registers accounts and full syncs. The client (<c>AddCardTraderClient</c>), encryption keys and one store
    /// (<c>AddPostgreSqlStore</c> or <c>AddSqliteStore</c>) must be registered too.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddBrxSyncEngine(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddOptions<EncryptionOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EncryptionOptions>, EncryptionOptionsValidator>());
        services.TryAddSingleton<IWorkSignal, NoWorkSignal>();
        services.TryAddSingleton<ISecretProtector, FernetSecretProtector>();
        services.TryAddSingleton<AccountSecrets>();
        services.TryAddSingleton<LiveRuns>();
        services.TryAddSingleton<AccountAccess>();
        services.TryAddSingleton<AccountSignals>();
        services.TryAddSingleton<AccountPurge>();
        services.TryAddSingleton<IAccounts, AccountService>();
        services.TryAddSingleton<IOperations, OperationService>();
        services.AddDeadLetters();
        services.AddSnapshots();
        services.AddProductProperties();
        services.AddFeeds();
        services.AddRetention();
        return services.AddInbound().AddOutbound().AddPurchases();
    }
}
