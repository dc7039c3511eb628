using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sqlite;
using BrxSync.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Adapters.Sqlite;

/// <summary>
/// SQLite lets one writer in: what the others do meanwhile. The clock moves only when a test moves it, so that no outcome depends on
/// how fast the machine is.
/// </summary>
public abstract class SqliteBusySuite : StoreSuite
{
    internal static readonly TimeSpan RealTimeLimit = TimeSpan.FromSeconds(30);

    protected ManualTimeProvider Time { get; } = new();

    protected override StoreUnderTest CreateStore() => new SqliteStore();

    public override Task InitializeAsync()
    {
        Store.Extra = brx =>
        {
            brx.Services.AddSingleton<TimeProvider>(Time);
            brx.Services.Configure<SqliteOptions>(options => options.BusyTimeoutSeconds = 10);
        };
        return base.InitializeAsync();
    }

    /// <summary>Writes until it is disposed of: another step of this process, or another program.</summary>
    internal async Task<IAsyncDisposable> HoldAsync(bool isForeign)
    {
        if (isForeign)
        {
            var connection = new SqliteConnection($"Data Source={((SqliteStore)Store).FilePath};Pooling=False");
            await connection.OpenAsync();
            connection.BeginTransaction(deferred: false);
            return connection;
        }

        var session = await Store.Stock.OpenAsync(await ConnectAsync());
        await session.LoadAsync(new StockScope());
        return session;
    }
}
