using BrxSync.Client;
using BrxSync.Hosting;
using BrxSync.Sync;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Adapters.MySql;
using BrxSync.Sync.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Integration.Tests.MySql;

/// <summary>The service on a SQLite file of its own, with or without a catalogue.</summary>
internal sealed class CatalogHost : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("brxsync-catalog-");

    public CatalogHost(Action<BrxSyncBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddBrxSync(configure: brx => configure(
            brx.UseSqlite(Path.Combine(_folder.FullName, "stock.db")).UseEncryptionKeys(EncryptionKey.Generate())));
        Services = services.BuildServiceProvider();
    }

    public ServiceProvider Services { get; }

    public ICatalog Catalog => Services.GetRequiredService<ICatalog>();

    public MySqlCatalogPool Pool => Services.GetRequiredService<MySqlCatalogPool>();

    public IStock Inventory => Services.GetRequiredService<IStock>();

    /// <summary>With a memory for one answer: forgets the last one it was given.</summary>
    public Task ForgetAsync() => Catalog.LookupAsync([new BlueprintId(int.MaxValue)]);

    public async Task<AccountId> ConnectAsync(string token)
    {
        await Services.GetRequiredService<IStoreMigrator>().MigrateAsync();
        var account = AccountId.Create();
        await Services.GetRequiredService<IAccounts>().ConnectAsync(account, token);
        return account;
    }

    public Task<SyncResult> SyncAsync(AccountId account, bool dryRun = false) =>
        Services.GetRequiredService<IFullSync>().RunAsync(new SyncRequest { AccountId = account, DryRun = dryRun });

    public async Task<Dictionary<string, InventoryItem>> ItemsAsync(AccountId account)
    {
        var items = new Dictionary<string, InventoryItem>(StringComparer.Ordinal);
        await foreach (var item in Inventory.StreamAsync(account))
        {
            items.Add(item.ProductId.ToString()!, item);
        }

        return items;
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
