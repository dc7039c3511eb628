using BrxSync.Sync;
using BrxSync.Sync.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Benchmarks.FullSyncFloor;

/// <summary>The product: a full sync as any host runs it.</summary>
internal sealed class EngineSync : ISyncUnderTest
{
    private readonly ServiceProvider _services;
    private readonly string _store;
    private readonly string _token;
    private readonly AccountId _account = AccountId.Create();

    public EngineSync(string store, string address, string token)
    {
        (_store, _token) = (store, token);
        var services = new ServiceCollection();
        services.AddBrxSync(configure: brx =>
        {
            brx.ConfigureCardTrader(options => options.BaseAddress = new Uri(address));

            // The floor reads plain bytes too: compressing half a gigabyte would be the marketplace's work on the same two cores.
            brx.HttpClient.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler());
            if (IsFile(store))
            {
                brx.UseSqlite(store);
            }
            else
            {
                brx.UsePostgreSql(store).UseEncryptionKeys(EncryptionKey.Generate());
            }
        });
        _services = services.BuildServiceProvider();
    }

    public async Task SetUpAsync()
    {
        await _services.GetRequiredService<IStoreMigrator>().MigrateAsync();
        await _services.GetRequiredService<IAccounts>().ConnectAsync(_account, _token);
    }

    public async Task<string> SyncAsync()
    {
        var result = await _services.GetRequiredService<IFullSync>().RunAsync(new SyncRequest { AccountId = _account });
        var progress = result.Progress;
        return $"{result.Status}: {progress.Created} created, {progress.Updated} updated, {progress.Unchanged} unchanged, "
            + $"{progress.Removed} removed{result.Error}";
    }

    public async Task<CpuClock> WatchAsync() => IsFile(_store) ? new CpuClock(0) : await FloorSync.WatchAsync(_store);

    public async Task<StoreCounters?> CountAsync() => IsFile(_store) ? null : await FloorSync.ReadCountersAsync(_store);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static bool IsFile(string store) => store.EndsWith(".db", StringComparison.Ordinal);
}
