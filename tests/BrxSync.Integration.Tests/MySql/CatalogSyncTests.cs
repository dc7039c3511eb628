using System.Globalization;
using System.Text.Json;
using BrxSync.Simulator;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Adapters.MySql;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using MySqlConnector;

namespace BrxSync.Integration.Tests.MySql;

/// <summary>Full syncs from a running marketplace with a catalogue on a real MariaDB.</summary>
public sealed class CatalogSyncTests : IAsyncLifetime
{
    private const int Products = 300;

    private readonly MariaDbDatabase _database = new();
    private CardTraderSimulatorHost _marketplace = null!;

    private SimulatedSeller Seller => _marketplace.Seller("demo");

    public async Task InitializeAsync()
    {
        var options = new CardTraderSimulatorOptions();
        options.Sellers.Add(new SellerOptions { Name = "demo", Token = "demo-token", Products = Products });
        _marketplace = await CardTraderSimulatorHost.StartAsync(options);
        await _database.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _marketplace.DisposeAsync();
        await _database.DisposeAsync();
    }

    private CatalogHost Host(Action<MySqlCatalogOptions>? configure = null, string? connectionString = null) => new(brx => brx
        .ConfigureCardTrader(options => options.BaseAddress = _marketplace.BaseAddress)
        .ConfigureFullSync(options => options.BatchSize = 64)
        .ConfigureCatalogCache(options => options.MaxEntries = 1)
        .UseMySqlCatalog(connectionString ?? _database.ConnectionString, configure));

    private CatalogHost HostWithoutCatalogue() =>
        new(brx => brx.ConfigureCardTrader(options => options.BaseAddress = _marketplace.BaseAddress));

    private Task MapAsync(string table, IEnumerable<long> blueprints) => _database.ExecuteAsync(
        $"insert into {table} (cardtrader_id, name) values " + string.Join(',', blueprints.Select(id => $"({id}, 'x')")));

    /// <summary>Puts a third of the seller's blueprints into each of: a table, an excluded table, nowhere.</summary>
    private async Task<(HashSet<long> Mapped, HashSet<long> Excluded, HashSet<long> Unknown)> ShareOutAsync()
    {
        var blueprints = Seller.GetStock().Select(level => level.BlueprintId).Distinct().Order().ToArray();
        var mapped = blueprints.Where((_, i) => i % 3 == 0).ToHashSet();
        var excluded = blueprints.Where((_, i) => i % 3 == 1).ToHashSet();
        await MapAsync("cards_prints", mapped);
        await MapAsync("sealed_products", excluded);
        return (mapped, excluded, blueprints.Except(mapped).Except(excluded).ToHashSet());
    }

    [Fact]
    public async Task Sync_WithACatalogue_CreatesOnlyWhatItMapsAndSaysWhy()
    {
        var (mapped, excluded, unknown) = await ShareOutAsync();
        var stock = Seller.GetStock();
        await using var host = Host(options => options.ExcludedTables = ["sealed_products"]);
        var account = await host.ConnectAsync("demo-token");

        var plan = await host.SyncAsync(account, dryRun: true);
        var result = await host.SyncAsync(account);

        var expected = stock.Where(level => mapped.Contains(level.BlueprintId)).ToArray();
        result.Status.ShouldBe(OperationStatus.Completed, result.Error);
        (result.Progress.Processed, result.Progress.Created, result.Progress.Skipped).ShouldBe(
            (Products, expected.Length, Products - expected.Length));
        (plan.Progress.Created, plan.Progress.Skipped).ShouldBe((result.Progress.Created, result.Progress.Skipped));
        (await host.ItemsAsync(account)).Keys.ShouldBe(
            expected.Select(level => level.ProductId.ToString(CultureInfo.InvariantCulture)), ignoreOrder: true);
        var reason = result.Reasons.ShouldHaveSingleItem();
        reason.ShouldStartWith($"{Products - expected.Length} products were not created: ");
        reason.ShouldContain(
            $"{stock.Count(level => unknown.Contains(level.BlueprintId))} products of the export are not in the catalogue");
        reason.ShouldContain($"{stock.Count(level => excluded.Contains(level.BlueprintId))} are in excluded tables");
        plan.Reasons.ShouldBe(result.Reasons);
        var recorded = (await host.Services.GetRequiredService<IOperationStore>().FindAsync(result.OperationId)).ShouldNotBeNull();
        recorded.Status.ShouldBe(OperationStatus.Completed);
    }

    [Fact]
    public async Task Sync_LinkedRowsThatTheCatalogueDoesNotKnow_StayAndFollowTheMarketplace()
    {
        await using var host = Host();
        await MapAsync("cards_prints", Seller.GetStock().Select(level => level.BlueprintId).Distinct());
        var account = await host.ConnectAsync("demo-token");
        (await host.SyncAsync(account)).Progress.Created.ShouldBe(Products);

        // The catalogue forgets everything; the marketplace goes on.
        await _database.ExecuteAsync("delete from cards_prints");
        await host.ForgetAsync();
        Seller.ChangeProducts(changed: 40, added: 6, removed: 5);
        var filtered = await host.SyncAsync(account);

        filtered.Status.ShouldBe(OperationStatus.Completed, filtered.Error);
        (filtered.Progress.Created, filtered.Progress.Updated, filtered.Progress.Removed, filtered.Progress.Skipped).ShouldBe(
            (0, 40, 5, 6));
        var items = await host.ItemsAsync(account);
        items.Count.ShouldBe(Products);
        var remote = Seller.GetStock()
            .ToDictionary(level => level.ProductId.ToString(CultureInfo.InvariantCulture), level => level.Quantity, StringComparer.Ordinal);
        items.Values.ShouldAllBe(item => item.Quantity == remote.GetValueOrDefault(item.ProductId.ToString()!));
        items.Values.Count(item => item.Status == ItemStatus.Missing).ShouldBe(5);
    }

    [Fact]
    public async Task Sync_PrintAddedToTheCatalogueLater_CreatesItsProducts()
    {
        await ShareOutAsync();
        await using var host = Host(options => options.ExcludedTables = ["sealed_products"]);
        var account = await host.ConnectAsync("demo-token");
        var first = await host.SyncAsync(account);
        first.Progress.Skipped.ShouldBeGreaterThan(0);

        await MapAsync("pk_prints", Seller.GetStock().Select(level => level.BlueprintId).Distinct());
        await host.ForgetAsync();
        var result = await host.SyncAsync(account);

        (result.Progress.Created, result.Progress.Skipped, result.Progress.Unchanged).ShouldBe(
            (first.Progress.Skipped, 0, first.Progress.Created));
        result.Reasons.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sync_WithoutACatalogue_SkipsNothing()
    {
        await using var host = HostWithoutCatalogue();
        var account = await host.ConnectAsync("demo-token");

        var result = await host.SyncAsync(account);

        (result.Progress.Created, result.Progress.Skipped).ShouldBe((Products, 0));
        result.Reasons.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sync_CatalogueOutOfReach_FailsAndAppliesNothing()
    {
        await MapAsync("cards_prints", Seller.GetStock().Select(level => level.BlueprintId).Distinct());
        var server = new MySqlConnectionStringBuilder(ServerEnvironment.MySql);
        await using var relay = new Relay(server.Server, (int)server.Port);
        await using var host = Host(
            options => (options.MaxRetries, options.RetryDelay) = (1, TimeSpan.FromMilliseconds(1)),
            _database.ConnectionStringWith(builder => (builder.Server, builder.Port) = ("127.0.0.1", (uint)relay.Port)));
        var account = await host.ConnectAsync("demo-token");
        await host.SyncAsync(account);
        var before = await host.ItemsAsync(account);
        await host.ForgetAsync();
        Seller.ChangeProducts(changed: 40, added: 6, removed: 5);

        // After the first batch: some rows are staged already.
        var queries = 0;
        relay.OnSend = chunk =>
        {
            if (chunk.Span.IndexOf("read only"u8) >= 0 && ++queries == 2)
            {
                relay.Cut();
            }
        };
        var failed = await host.SyncAsync(account);

        failed.Status.ShouldBe(OperationStatus.Failed);
        failed.Error.ShouldNotBeNull().ShouldContain("catalogue did not answer after 2 attempts");
        (await host.ItemsAsync(account)).ShouldBe(before);
        relay.OnSend = _ => { };
        relay.Mend();
        var result = await host.SyncAsync(account);
        (result.Status, result.Progress.Updated, result.Progress.Removed).ShouldBe((OperationStatus.Completed, 40, 5));
    }

    [Fact]
    public async Task Sync_TwentyAtOnce_NeverHoldMoreThanTenConnections()
    {
        const int syncs = 20;
        var options = new CardTraderSimulatorOptions();
        for (var i = 0; i < syncs; i++)
        {
            options.Sellers.Add(new SellerOptions { Name = $"seller-{i}", Token = $"token-{i}", Products = Products });
        }

        await using var marketplace = await CardTraderSimulatorHost.StartAsync(options);
        await MapAsync(
            "cards_prints",
            options.Sellers.SelectMany(seller => marketplace.Seller(seller.Name).GetStock()).Select(level => level.BlueprintId).Distinct());

        // Hardly anything is remembered: every sync asks for itself, again and again.
        await using var host = new CatalogHost(brx => brx
            .ConfigureCardTrader(client => client.BaseAddress = marketplace.BaseAddress)
            .ConfigureFullSync(sync => sync.BatchSize = 16)
            .ConfigureCatalogCache(cache => cache.MaxEntries = 1)
            .UseMySqlCatalog(_database.ConnectionString));
        var accounts = new List<AccountId>();
        foreach (var seller in options.Sellers)
        {
            accounts.Add(await host.ConnectAsync(seller.Token!));
        }

        using var stop = new CancellationTokenSource();
        var watching = Task.Run(() => _database.WatchConnectionsAsync(stop.Token));
        var results = await Task.WhenAll(accounts.Select(account => Task.Run(() => host.SyncAsync(account, dryRun: true))));
        await stop.CancelAsync();

        results.ShouldAllBe(result => result.Progress.Created == Products);
        (await watching).ShouldBeInRange(1, 10);
    }

    [SampleDataTheory]
    [InlineData("products_export.seller-small.json")]
    [InlineData("products_export.seller-large.json")]
    public async Task Sync_SampleExportAndSampleCatalogue_CreatesWhatAPlainJoinFinds(string export)
    {
        var body = await File.ReadAllBytesAsync(RepositoryPaths.SampleDataAt("derived", export));
        var options = new CardTraderSimulatorOptions();
        options.Sellers.Add(new SellerOptions { Token = "sample", Export = body });
        await using var marketplace = await CardTraderSimulatorHost.StartAsync(options);
        await _database.ExecuteAsync(await File.ReadAllTextAsync(RepositoryPaths.SampleDataAt("catalog", "catalog.sql")));
        using var document = JsonDocument.Parse(body);
        var blueprints = document.RootElement.EnumerateArray().Select(row => row.GetProperty("blueprint_id").GetInt64()).ToArray();
        await _database.ExecuteAsync("create table sold (blueprint bigint)");
        await _database.ExecuteAsync("insert into sold values " + string.Join(',', blueprints.Select(id => $"({id})")));
        var expected = await _database.CountAsync("""
            select count(*) from sold where blueprint in (select cardtrader_id from cards_prints union select cardtrader_id from op_prints
                union select cardtrader_id from pk_prints union select cardtrader_id from sealed_products)
            """);
        await using var host = new CatalogHost(brx =>
            brx.ConfigureCardTrader(client => client.BaseAddress = marketplace.BaseAddress).UseMySqlCatalog(_database.ConnectionString));
        var account = await host.ConnectAsync("sample");

        var result = await host.SyncAsync(account);

        expected.ShouldBeInRange(1, blueprints.Length - 1);
        result.Status.ShouldBe(OperationStatus.Completed, result.Error);
        (result.Progress.Created, result.Progress.Skipped).ShouldBe((expected, blueprints.Length - expected));
    }
}
