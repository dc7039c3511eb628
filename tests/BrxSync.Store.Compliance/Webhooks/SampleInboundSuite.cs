using System.Globalization;
using System.Text.Json;
using BrxSync.Client.RateLimiting;
using BrxSync.Client.Webhooks;
using BrxSync.Simulator;
using BrxSync.Store.Compliance.Histories;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Orders;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;
using BrxSync.Sync.Stock.Orders;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Store.Compliance.Webhooks;

/// <summary>
/// The orders and webhooks of the sample data through the client's readers, the engine and a store, against the
/// effects written beside them.
/// </summary>
public abstract class SampleInboundSuite : StoreSuite
{
    private static readonly DateTimeOffset BooksStart = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(BooksStart);
    private readonly AccountId _account = AccountId.Create();
    private CardTraderSimulatorHost? _market;

    public override async Task InitializeAsync()
    {
        if (!Directory.Exists(RepositoryPaths.SampleDataAt("derived")))
        {
            return;
        }

        var options = new CardTraderSimulatorOptions { TimeProvider = _time };
        options.Sellers.Add(new SellerOptions
        {
            Token = "sample-token",
            Export = await File.ReadAllBytesAsync(RepositoryPaths.SampleDataAt("derived", "products_export.seller-small.json")),
        });
        _market = await CardTraderSimulatorHost.StartAsync(options);
        Store.Extra = brx =>
        {
            brx.Services.AddSingleton<TimeProvider>(_time);
            brx.Services.AddSingleton<IRateLimiter>(new FreeLimiter());
        };
        await Store.StartAsync(_market.BaseAddress);
        await Store.AccountService.ConnectAsync(_account, "sample-token");
        (await Store.FullSync.RunAsync(new SyncRequest { AccountId = _account })).Status.ShouldBe(OperationStatus.Completed);
        _time.Advance(TimeSpan.FromDays(19));
    }

    public override async Task DisposeAsync()
    {
        if (_market is not null)
        {
            await base.DisposeAsync();
            await _market.DisposeAsync();
        }
    }

    [SampleDataFact]
    public async Task Apply_AllOrdersInTheirOrder_HaveTheExpectedEffects()
    {
        var applied = Store.Services.GetRequiredService<OrderApplication>();
        var wrong = new List<string>();
        foreach (var expected in Array("orders", "EXPECTED.json"))
        {
            var file = expected.GetProperty("file").GetString()!;
            var before = await QuantitiesAsync();
            await applied.ApplyAsync(await AccountAsync(_account), [Order(file)], default);
            var after = await QuantitiesAsync();

            var effect = expected.GetProperty("effect").GetString();
            var taken = before.Where(item => after[item.Key] != item.Value)
                .ToDictionary(item => item.Key, item => item.Value - after[item.Key]);
            var wanted = effect == "decrement"
                ? expected
                    .GetProperty("quantity_by_product")
                    .EnumerateObject()
                    .ToDictionary(pair => pair.Name, pair => pair.Value.GetInt32())
                : [];
            if (!taken.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .SequenceEqual(wanted.OrderBy(pair => pair.Key, StringComparer.Ordinal)))
            {
                wrong.Add($"{file}: {effect} took [{string.Join(", ", taken)}] instead of [{string.Join(", ", wanted)}]");
            }
        }

        wrong.ShouldBeEmpty();
        await ShouldReplayAsync();
    }

    [SampleDataFact]
    public async Task Apply_SellingOrdersInAnyOrderWithDuplicates_TakesEachSaleOnce()
    {
        var stock = Array("orders", "EXPECTED.stock.json").ToDictionary(
            row => row.GetProperty("product_id").GetInt64().ToString(CultureInfo.InvariantCulture),
            row => row.GetProperty("after").GetInt32());
        var reports = Array("orders", "EXPECTED.json")
            .Where(expected => expected.GetProperty("effect").GetString() is "decrement" or "none")
            .Select(expected => Order(expected.GetProperty("file").GetString()!)).ToArray();
        var applied = Store.Services.GetRequiredService<OrderApplication>();
        var initial = await QuantitiesAsync();
        for (var seed = 1; seed <= 100; seed++)
        {
            var account = await CopyAsync(seed);
            var random = new Random(seed);
            var shuffled = reports.SelectMany(report => Enumerable.Repeat(report, random.Next(1, 11))).ToArray();
            random.Shuffle(shuffled);
            for (var at = 0; at < shuffled.Length;)
            {
                var together = Math.Min(random.Next(1, 12), shuffled.Length - at);
                await applied.ApplyAsync(await AccountAsync(account), shuffled[at..(at + together)], default);
                at += together;
            }

            foreach (var (product, quantity) in await QuantitiesAsync(account))
            {
                quantity.ShouldBe(stock.GetValueOrDefault(product, initial[product]), $"product {product} with seed {seed}");
            }
        }
    }

    [SampleDataFact]
    public async Task Receive_WebhooksInSequence_HaveTheExpectedActions()
    {
        var intake = Store.Services.GetRequiredService<IWebhooks>();
        var wrong = new List<string>();
        foreach (var expected in Array("webhooks", "EXPECTED.json"))
        {
            var file = expected.GetProperty("file").GetString()!;
            var (before, asked) = (await QuantitiesAsync(), await Store.Stock.ListRereadsAsync(_account, 1000));
            if (WebhookParser.TryParse(
                await File.ReadAllBytesAsync(RepositoryPaths.SampleDataAt("derived", "webhooks", file)), out var webhook, out _))
            {
                await intake.ReceiveAsync(_account, webhook);
            }

            var (after, askedAfter) = (await QuantitiesAsync(), await Store.Stock.ListRereadsAsync(_account, 1000));
            var action = before.Any(item => after[item.Key] < item.Value)
                ? "decrement"
                : askedAfter.Count > asked.Count ? "review" : "none";
            if (action != expected.GetProperty("action").GetString())
            {
                wrong.Add($"{file}: {action} instead of {expected.GetProperty("action").GetString()}");
            }
        }

        wrong.ShouldBeEmpty();
        await ShouldReplayAsync();
    }

    private async Task<Dictionary<string, int>> QuantitiesAsync(AccountId? account = null) =>
        (await ItemsAsync(account ?? _account)).Values.ToDictionary(
            item => item.ProductId.ToString()!, item => item.Quantity, StringComparer.Ordinal);

    private async Task ShouldReplayAsync()
    {
        var replayed = await ReplayAsync(_account);
        foreach (var (product, quantity) in await QuantitiesAsync())
        {
            replayed[product].ShouldBe(quantity, product);
        }
    }

    /// <summary>Another account with the same stock, read at the same time.</summary>
    private async Task<AccountId> CopyAsync(int number)
    {
        var account = await ConnectAsync();
        var rows = (await ItemsAsync(_account)).Values.Select(
            (item, index) => Row(index, long.Parse(item.ProductId.ToString()!, CultureInfo.InvariantCulture), item.Quantity));
        await using var session = (await Store.Snapshots.TryOpenAsync(account)).ShouldNotBeNull();
        await session.StageAsync(rows.ToArray());
        var window = SnapshotWindow.Around(BooksStart, BooksStart.AddSeconds(5));
        var plan = await session.PlanAsync(SnapshotComparison.Hash, window);
        await plan.ApplyAsync(new SnapshotApplication
        {
            Record = Record(SnapshotOutcome.Applied, plan, $"copy {number}") with { Window = window }, Currency = "EUR",
        });
        return account;
    }

    private static List<JsonElement> Array(string folder, string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(RepositoryPaths.SampleDataAt("derived", folder, file)));
        return [.. json.RootElement.EnumerateArray().Select(element => element.Clone())];
    }

    /// <summary>The order as the client reads it. The files are numbered in the order in which things happened to an order.</summary>
    private static OrderReport Order(string file)
    {
        // A delivery is how the client's reader of orders is reached without a call.
        var body = $$"""
            {"id": "sample", "time": {{BooksStart.AddDays(9).AddMinutes(int.Parse(file[..2], CultureInfo.InvariantCulture)).ToUnixTimeSeconds()}}, "cause": "order.update",
             "object_class": "Order", "mode": "live", "data": {{File.ReadAllText(RepositoryPaths.SampleDataAt("derived", "orders", file))}} }
            """;
        WebhookParser.TryParse(System.Text.Encoding.UTF8.GetBytes(body), out var webhook, out var fault).ShouldBeTrue(fault);
        return OrderReports.Of((OrderWebhookEvent)webhook!).ShouldNotBeNull(file) with { IsDetail = true };
    }
}
