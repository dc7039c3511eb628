using System.Globalization;
using BrxSync.Simulator;
using BrxSync.Sync;
using BrxSync.Sync.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace BrxSync.Benchmarks.WebhookApply;

/// <summary>Accounts with synchronized items, in a database that is gone afterwards.</summary>
internal sealed class TemporaryShop : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name = $"brxsync_webhooks_{Guid.NewGuid():N}";
    private readonly ServiceProvider _services;
    private readonly Dictionary<(Guid Account, string Product), int> _start = [];
    private readonly Dictionary<(Guid Account, string Product), int> _sold = [];

    private TemporaryShop(string server)
    {
        _server = server;
        Database = new NpgsqlConnectionStringBuilder(server) { Database = _name }.ConnectionString;
        var services = new ServiceCollection();
        services.AddBrxSync(configure: brx => brx
            .UsePostgreSql(Database)
            .UseEncryptionKeys(EncryptionKey.Generate())
            .ConfigureCardTrader(options => options.BaseAddress = new Uri(Address!)));
        _services = services.BuildServiceProvider();
    }

    public string Database { get; }

    public IWebhooks Intake => _services.GetRequiredService<IWebhooks>();

    /// <summary>Gets the accounts, each with its products that have something to sell.</summary>
    public List<(AccountId Account, Queue<string> Products)> Accounts { get; } = [];

    private string? Address { get; set; }

    public static async Task<TemporaryShop> CreateAsync(string server, int accounts, int products)
    {
        var marketplace = new CardTraderSimulatorOptions();
        for (var i = 0; i < accounts; i++)
        {
            marketplace.Sellers.Add(new SellerOptions { Name = $"seller-{i}", Products = products, Token = $"seller-{i}" });
        }

        await using var host = await CardTraderSimulatorHost.StartAsync(marketplace);
        var shop = new TemporaryShop(server) { Address = host.BaseAddress.ToString() };
        await ExecuteAsync(server, $"create database {shop._name}");
        await shop._services.GetRequiredService<IStoreMigrator>().MigrateAsync();
        for (var i = 0; i < accounts; i++)
        {
            var account = AccountId.Create();
            await shop._services.GetRequiredService<IAccounts>().ConnectAsync(account, $"seller-{i}");
            await shop._services.GetRequiredService<IFullSync>().RunAsync(new SyncRequest { AccountId = account });
            shop.Accounts.Add((account, new Queue<string>()));
        }

        await ExecuteAsync(shop.Database, "vacuum analyze user_inventory_items");
        await shop.ListAsync();
        return shop;
    }

    /// <summary>Takes products nothing was sold of yet, one copy of each: of one account, or of all in turn.</summary>
    public List<(AccountId Account, string Product)> Take(int count, int? oneAccount = null)
    {
        var taken = new List<(AccountId, string)>(count);
        for (var i = 0; i < count; i++)
        {
            var (account, products) = Accounts[(oneAccount ?? i) % Accounts.Count];
            taken.Add((account, products.TryDequeue(out var product)
                ? product
                : throw new InvalidOperationException("Every product was sold once: measure more products, or fewer deliveries.")));
        }

        return taken;
    }

    /// <summary>Notes that a delivery was applied.</summary>
    public void Sold(AccountId account, string product)
    {
        lock (_sold)
        {
            _sold[(account.Value, product)] = _sold.GetValueOrDefault((account.Value, product)) + 1;
        }
    }

    /// <summary>Gives an instant after every read, and no later than now: what is sold then is taken off without a doubt.</summary>
    public async Task<DateTimeOffset> FindEndOfReadsAsync()
    {
        var end = DateTimeOffset.Parse(
            await ReadAsync(
                Database, "select to_char(max(snapshot_to) at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS') from user_sync_settings"),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal).AddMilliseconds(2);
        var now = DateTimeOffset.UtcNow;
        if (end > now)
        {
            await Task.Delay(end - now);
        }

        return end;
    }

    /// <summary>
    /// Compares the stock, the journal, the ledger, the inbox and what is to be read again with what was sold; gives what is wrong.
    /// </summary>
    public async Task<List<string>> CheckAsync()
    {
        var faults = new List<string>();
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        await foreach (var (account, product, quantity) in ItemsAsync(connection))
        {
            var expected = _start[(account, product)] - _sold.GetValueOrDefault((account, product));
            if (quantity != expected)
            {
                faults.Add($"Product {product} has {quantity} copies, not {expected}.");
            }
        }

        var sold = (long)_sold.Values.Sum();
        foreach (var (name, sql, expected) in (ReadOnlySpan<(string, string, long)>)
        [
            (
                "journal rows of sales",
                "select count(*) from stock_journal where cause = 'sale' and quantity_before - quantity_after = 1",
                sold),
            ("inbox rows", "select count(*) from webhook_inbox where outcome = 'applied'", sold),
            ("orders", "select count(*) from stock_orders where state = 'hub_pending'", sold),
            ("counted copies", "select sum(counted) from order_stock_ledger", sold),
            ("requests for reads", "select count(*) from reread_requests", 0),
        ])
        {
            faults.AddRange(Compare(connection, name, sql, expected));
        }

        return faults;
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
        await using var command = new NpgsqlCommand(sql, connection);
        return (await command.ExecuteScalarAsync())!.ToString()!;
    }

    private async Task ListAsync()
    {
        var products = Accounts.ToDictionary(each => each.Account.Value, each => each.Products);
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        await foreach (var (account, product, quantity) in ItemsAsync(connection))
        {
            _start.Add((account, product), quantity);
            if (quantity > 0)
            {
                products[account].Enqueue(product);
            }
        }
    }

    private static IEnumerable<string> Compare(NpgsqlConnection connection, string name, string sql, long expected)
    {
        using var command = new NpgsqlCommand(sql, connection);
        if (command.ExecuteScalar() is not long found || found != expected)
        {
            yield return $"There are not {expected} {name}.";
        }
    }

    /// <summary>In an order that is not that of their pages.</summary>
    private static async IAsyncEnumerable<(Guid Account, string Product, int Quantity)> ItemsAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            "select user_id, external_stock_id, quantity from user_inventory_items order by md5(external_stock_id)", connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            yield return (reader.GetGuid(0), reader.GetString(1), reader.GetInt32(2));
        }
    }

    public static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}
