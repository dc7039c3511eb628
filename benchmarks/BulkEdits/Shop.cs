using BrxSync.Simulator;
using BrxSync.Sync;
using BrxSync.Sync.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace BrxSync.Benchmarks.BulkEdits;

/// <summary>Accounts with synchronized items, one for each round, in a database that is gone afterwards.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name = $"brxsync_bulk_{Guid.NewGuid():N}";
    private readonly ServiceProvider _services;

    private Shop(string server, Uri marketplace)
    {
        _server = server;
        Database = new NpgsqlConnectionStringBuilder(server) { Database = _name }.ConnectionString;
        var services = new ServiceCollection();
        services.AddBrxSync(configure: brx => brx
            .UsePostgreSql(Database)
            .UseEncryptionKeys(EncryptionKey.Generate())
            .ConfigureCardTrader(options => options.BaseAddress = marketplace));
        _services = services.BuildServiceProvider();
    }

    public string Database { get; }

    public IChanges Changes => _services.GetRequiredService<IChanges>();

    /// <summary>Gets the accounts, each with the ids and prices of its items.</summary>
    public List<(AccountId Account, List<(long Id, int Price)> Items)> Accounts { get; } = [];

    public static async Task<Shop> CreateAsync(string server, int accounts, int products)
    {
        var marketplace = new CardTraderSimulatorOptions();
        for (var i = 0; i < accounts; i++)
        {
            marketplace.Sellers.Add(new SellerOptions { Name = $"seller-{i}", Products = products, Token = $"seller-{i}" });
        }

        await using var host = await CardTraderSimulatorHost.StartAsync(marketplace);
        var shop = new Shop(server, host.BaseAddress);
        await ExecuteAsync(server, $"create database {shop._name}");
        await shop._services.GetRequiredService<IStoreMigrator>().MigrateAsync();
        for (var i = 0; i < accounts; i++)
        {
            var account = AccountId.Create();
            await shop._services.GetRequiredService<IAccounts>().ConnectAsync(account, $"seller-{i}");
            await shop._services.GetRequiredService<IFullSync>().RunAsync(new SyncRequest { AccountId = account });
            var items = new List<(long, int)>(products);
            await foreach (var item in shop._services.GetRequiredService<IStock>().StreamAsync(account))
            {
                items.Add((item.Id, item.Price is { } price ? (int)price.Cents : 0));
            }

            shop.Accounts.Add((account, items));
        }

        await ExecuteAsync(shop.Database, "vacuum analyze");
        return shop;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await ExecuteAsync(_server, $"drop database {_name} with (force)");
    }

    public static async Task<string> ReadAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        return (await command.ExecuteScalarAsync())!.ToString()!;
    }

    public static async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}
