using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.DependencyInjection;

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
        services.TryAddSingleton(provider => new AccountService(
            provider.GetRequiredService<IAccountStore>(),
            provider.GetRequiredService<ISecretProtector>(),
            provider.GetRequiredService<ICardTraderClient>(),
            provider.GetRequiredService<ILogger<AccountService>>()));
        services.AddSnapshots();
        return services.AddInbound();
    }
}
