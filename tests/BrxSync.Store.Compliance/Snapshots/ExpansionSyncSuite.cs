using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BrxSync.Client;
using BrxSync.Simulator;
using BrxSync.Simulator.Faults;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Catalog;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Snapshots;

/// <summary>Full syncs that read expansion by expansion, and go on after a crash.</summary>
public abstract class ExpansionSyncSuite : MarketplaceSuite
{
    private const long Loose = 77_000_001;

    protected override int Products => 500;

    protected override void Configure(CardTraderSimulatorOptions options) => options.BlueprintBodies.Add(
        $$"""[{"id":{{Loose}},"name":"Playmat","game_id":1,"category_id":1,"expansion_id":null,"fixed_properties":{},"editable_properties":[],"card_market_ids":[]}]"""
            .Select(letter => (byte)letter).ToArray());

    private Task<SyncResult> SyncByExpansionAsync(IFullSync? sync = null, bool dryRun = false) => (sync ?? Store.FullSync).RunAsync(
        new SyncRequest { AccountId = Account, Mode = SyncMode.ByExpansion, DryRun = dryRun });

    /// <summary>
    /// Lets the last reads lie long ago: another process knows the marketplace's clock to a second only, and these tests run within one.
    /// </summary>
    private Task<int> ForgetWhenRowsWereReadAsync() => Store.ExecuteAsync(
        "update user_inventory_items set snapshot_from = null, snapshot_to = null; update user_sync_settings set snapshot_from = null, snapshot_to = null");

    private async Task<SyncResult> SyncThroughAsync(Func<int, string, string> change, bool dryRun = false)
    {
        await ForgetWhenRowsWereReadAsync();
        await using var another = Store.BuildAnother(
            Marketplace.BaseAddress, brx => brx.HttpClient.AddHttpMessageHandler(() => new ExportInterceptor(change)));
        return await SyncByExpansionAsync(another.GetRequiredService<IFullSync>(), dryRun);
    }

    /// <summary>Lists the exports that were answered since the last time, as "expansion 5" or "blueprint 7".</summary>
    private List<string> TakeExports()
    {
        var exports = Marketplace.Calls
            .All()
            .Where(call => call.Status == 200 && call.Path.StartsWith("/products/export", StringComparison.Ordinal))
            .Select(call => Regex.Replace(call.Path, @"/products/export\??(expansion|blueprint)?(_id)?=?", "$1 ")).ToList();
        Marketplace.Calls.Clear();
        return exports;
    }

    private void FailExport(int number) =>
        Marketplace.Faults.Add(
            new FaultRule { Endpoint = "GET /products/export", Nth = number, Action = FaultAction.Status, Status = 400 });

    private async Task FailAtAsync(int number)
    {
        FailExport(number);
        (await SyncByExpansionAsync()).Status.ShouldBe(OperationStatus.Failed);
        Marketplace.Faults.Clear();
    }

    private static string Edit(string body, Action<JsonArray> edit)
    {
        var rows = JsonNode.Parse(body)!.AsArray();
        edit(rows);
        return rows.ToJsonString();
    }

    [Fact]
    public async Task Run_ClockSetBackBetweenExpansions_SoldCopyIsNotBackOnSaleUnasked()
    {
        await SyncByExpansionAsync();
        var time = new HastenedTime();
        var handler = new ClockSetBack(this, time);
        await using (var another = Store.BuildAnother(Marketplace.BaseAddress, brx =>
        {
            brx.Services.AddSingleton<TimeProvider>(time);
            brx.HttpClient.AddHttpMessageHandler(() => handler);
        }))
        {
            (await SyncByExpansionAsync(another.GetRequiredService<IFullSync>())).Status.ShouldBe(OperationStatus.Completed);
        }

        handler.Product.Value.ShouldNotBe(0);
        await using var stock = await Store.Stock.OpenAsync(Account);
        var (books, _, _) = await stock.LoadAsync(new StockScope { Products = [handler.Product], SalesSince = DateTimeOffset.UnixEpoch });
        var item = books.Items[handler.Product];
        (item.Quantity < handler.Quantity || books.Rereads.Count > 0).ShouldBeTrue($"had {handler.Quantity}, sold 1, has {item.Quantity}");
    }

    /// <summary>The real time, and what a test adds to it.</summary>
    private sealed class HastenedTime : TimeProvider
    {
        private TimeSpan _ahead;

        public void Pass(TimeSpan time) => _ahead += time;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => System.GetElapsedTime(0, System.GetTimestamp()).Ticks + _ahead.Ticks;
    }

    /// <summary>
    /// After the first export CardTrader's clock is set back by more than an hour; a copy is sold and read again; a minute passes.
    /// </summary>
    private sealed class ClockSetBack(ExpansionSyncSuite suite, HastenedTime time) : DelegatingHandler
    {
        private static readonly TimeSpan Step = TimeSpan.FromMinutes(62);

        private bool _isBack;

        public ProductId Product { get; private set; }

        public int Quantity { get; private set; }

        private DateTimeOffset Now => _isBack ? time.GetUtcNow() - Step : time.GetUtcNow();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            answer.Headers.Date = Now;
            if (!_isBack && request.RequestUri!.AbsolutePath.EndsWith("/products/export", StringComparison.Ordinal))
            {
                var rows = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!.AsArray();
                var row = rows.First(item => item!["quantity"]!.GetValue<int>() > 1)!;
                (Product, Quantity, _isBack) = (new ProductId(row["id"]!.GetValue<long>()), row["quantity"]!.GetValue<int>(), true);
                await SellAsync(cancellationToken);
                time.Pass(TimeSpan.FromMinutes(1));
            }

            return answer;
        }

        private async Task SellAsync(CancellationToken cancellationToken)
        {
            var (sold, order) = (Now, new OrderId(987_654_321));
            var report = new OrderReport
            {
                Id = order,
                State = OrderState.Paid,
                Moment = OrderMoment.OfWebhook(sold),
                ViaZero = false,
                Size = 1,
                Items = [new OrderItem { Id = new OrderItemId(987_654), Product = Product, Quantity = 1, CreatedAt = sold }],
            };
            await StepAsync(books => books.Apply(report, sold.AddSeconds(2)));
            await StepAsync(books => books.ApplyReread(
                SnapshotWindow.Around(sold.AddSeconds(10), sold.AddSeconds(11)),
                [Product],
                new Dictionary<ProductId, int> { [Product] = Quantity - 1 },
                books.Rereads,
                sold.AddSeconds(12)));

            async Task StepAsync(Func<AccountBooks, AccountBooks> rule)
            {
                await using var stock = await suite.Store.Stock.OpenAsync(suite.Account, cancellationToken);
                var scope = new StockScope { Orders = [order], Products = [Product], SalesSince = DateTimeOffset.UnixEpoch };
                var step = new StockStep(await stock.LoadAsync(scope, cancellationToken), sold.AddSeconds(12));
                step.Apply(rule, "sold");
                step.Books.Items[Product].Quantity.ShouldBe(Quantity - 1);
                await stock.SaveAsync(step.Writes(), cancellationToken);
            }
        }
    }

    [Fact]
    public async Task Run_FirstUnchangedChanged_EndsInEqualStockEachTime()
    {
        var first = await SyncByExpansionAsync();
        await ShouldEqualMarketplaceAsync();
        var exports = TakeExports();
        var unchanged = await SyncByExpansionAsync();
        var edits = Seller.ChangeProducts(changed: 20, added: 5, removed: 7);
        var changed = await SyncByExpansionAsync();
        await ShouldEqualMarketplaceAsync();

        (first.Status, first.Progress.Created, first.Progress.Processed).ShouldBe((OperationStatus.Completed, Products, Products));
        exports.Count.ShouldBeGreaterThan(2);
        exports.ShouldAllBe(export => export.StartsWith("expansion", StringComparison.Ordinal));
        exports.ShouldBeUnique();
        (unchanged.Progress.Created, unchanged.Progress.Updated, unchanged.Progress.Unchanged).ShouldBe((0, 0, Products));
        (changed.Progress.Created, changed.Progress.Updated, changed.Progress.Removed).ShouldBe(
            (edits.Added.Count, edits.Changed.Count, edits.Removed.Count));
    }

    [Fact]
    public async Task Run_BrokenOffAtEachExpansion_ChangesNothingAndResumesWithoutReadingTwice()
    {
        await SyncByExpansionAsync();
        var all = TakeExports();
        for (var broken = 1; broken <= all.Count; broken++)
        {
            Seller.ChangeProducts(changed: 10, added: 3, removed: 3, seed: broken);
            var before = await ItemsAsync(Account);

            await FailAtAsync(broken);
            (await ItemsAsync(Account)).ShouldBe(before, ignoreOrder: true, $"broken at {broken}");
            var read = TakeExports();
            var resumed = await SyncByExpansionAsync();

            resumed.Status.ShouldBe(OperationStatus.Completed, resumed.Error);
            await ShouldEqualMarketplaceAsync();
            var rest = TakeExports();
            read.Count.ShouldBe(broken - 1);
            rest.Intersect(read).ShouldBeEmpty($"broken at {broken}");
            all.Except(read.Concat(rest)).ShouldBeEmpty($"broken at {broken}");
            rest.ShouldBeUnique();
            var window = (await Store.Snapshots.ListRecentAsync(Account, 1))[0].Window;
            (window.To - window.From).ShouldBeGreaterThan(TimeSpan.FromSeconds(2));
        }
    }

    [Fact]
    public async Task Run_BrokenOffInAFirstLoad_ResumesAndCountsEveryRow()
    {
        await FailAtAsync(3);
        (await ItemsAsync(Account)).ShouldBeEmpty();

        var resumed = await SyncByExpansionAsync();

        (resumed.Status, resumed.Progress.Created, resumed.Progress.Processed).ShouldBe((OperationStatus.Completed, Products, Products));
        await ShouldEqualMarketplaceAsync();
        (await Store.ExecuteAsync("delete from sync_stage")).ShouldBe(0);
        (await Store.ExecuteAsync("delete from sync_cursors")).ShouldBe(0);
    }

    [Fact]
    public async Task Run_ExpansionThatAppearsMeanwhile_IsReadToo()
    {
        await SyncByExpansionAsync();
        var known = TakeExports().Count;
        var catalog = Marketplace.Catalog;
        var blueprint = catalog.BlueprintsOf(catalog.Expansions.Max(expansion => expansion.Id)).First().Id;

        var result = await SyncThroughAsync((number, body) =>
        {
            if (number == known)
            {
                Seller.AddProduct(blueprint, 3, 100);
            }

            return body;
        });

        (result.Status, result.Progress.Created).ShouldBe((OperationStatus.Completed, 1));
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task Run_ProductWithoutExpansion_StaysFollowsAndIsMissedOnlyWhenItIsGone()
    {
        var product = Seller.AddProduct(Loose, 4, 500);
        await SyncAsync();
        TakeExports();

        var first = await SyncByExpansionAsync();
        var exports = TakeExports();
        Seller.SetQuantity(product.Id, 2);
        var second = await SyncByExpansionAsync();
        await ShouldEqualMarketplaceAsync();
        Seller.RemoveProduct(product.Id);
        var third = await SyncByExpansionAsync();

        (first.Progress.Updated, first.Progress.Removed).ShouldBe((0, 0));
        exports[^1].ShouldBe($"blueprint {Loose}");
        (second.Progress.Updated, second.Progress.Removed, third.Progress.Removed).ShouldBe((1, 0, 1));
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task Run_AnotherSellersRows_RefusesTheRunAndForgetsWhatWasRead()
    {
        await SyncByExpansionAsync();
        var before = await ItemsAsync(Account);
        var all = TakeExports();

        var result = await SyncThroughAsync((number, body) =>
            number == 2 ? body.Replace($"\"user_id\":{Seller.UserId}", "\"user_id\":424242", StringComparison.Ordinal) : body);

        result.Status.ShouldBe(OperationStatus.Failed);
        result.Error.ShouldNotBeNull().ShouldContain("another seller");
        result.Error.ShouldContain(all[1]);
        (await ItemsAsync(Account)).ShouldBe(before, ignoreOrder: true);
        TakeExports();
        (await SyncByExpansionAsync()).Status.ShouldBe(OperationStatus.Completed);
        TakeExports().ShouldBe(all);
    }

    [Fact]
    public async Task Run_BodyThatIsNoList_RefusesTheRunAndForgetsWhatWasRead()
    {
        await SyncByExpansionAsync();
        var all = TakeExports();

        var result = await SyncThroughAsync((number, body) => number == 3 ? body[..(body.Length / 2)] : body);

        result.Status.ShouldBe(OperationStatus.Failed);
        result.Error.ShouldNotBeNull().ShouldContain(all[2]);
        (await Store.Snapshots.ListRecentAsync(Account, 1))[0].Outcome.ShouldBe(Sync.Stock.Guard.SnapshotOutcome.Refused);
        TakeExports();
        await SyncByExpansionAsync();
        TakeExports().ShouldBe(all);
    }

    [Fact]
    public async Task Run_WhatEarlierExpansionsHeld_StillWithholdsAfterACrash()
    {
        await SyncByExpansionAsync();
        Seller.ChangeProducts(changed: 0, added: 0, removed: 5);
        JsonNode? twice = null;
        FailExport(3);
        await SyncThroughAsync((number, body) => Edit(body, rows =>
        {
            if (number == 1)
            {
                twice = rows[0]!.DeepClone();
                rows.Insert(1, JsonNode.Parse("null"));
                rows[2]!["price_currency"] = "USD";
            }
            else
            {
                twice!["quantity"] = 99;
                rows.Add(twice);
            }
        }));
        Marketplace.Faults.Clear();
        var before = await ItemsAsync(Account);

        var resumed = await SyncByExpansionAsync();

        resumed.Status.ShouldBe(OperationStatus.Withheld);
        resumed.Reasons.ShouldContain(reason => reason.StartsWith("row 1 at byte", StringComparison.Ordinal)
            && reason.Contains("expansion", StringComparison.Ordinal));
        resumed.Reasons.ShouldContain(reason => reason.Contains($"id {twice!["id"]} stands in several rows", StringComparison.Ordinal));
        resumed.Reasons.ShouldContain(reason => reason.Contains("USD", StringComparison.Ordinal));
        var after = await ItemsAsync(Account);
        after.Values.Count(item => item.Quantity > 0).ShouldBe(before.Values.Count(item => item.Quantity > 0));
    }

    [Fact]
    public async Task Run_ProductMovedBetweenTwoReads_CountsOnce()
    {
        await SyncByExpansionAsync();
        JsonNode? twice = null;

        var result = await SyncThroughAsync((number, body) => Edit(body, rows =>
        {
            twice ??= rows[0]!.DeepClone();
            if (number == 2)
            {
                rows.Add(twice.DeepClone());
            }
        }));

        (result.Status, result.Progress.Unchanged, result.Progress.Skipped).ShouldBe((OperationStatus.Completed, Products, 1));
    }

    public static TheoryData<string> Leftovers => ["expired", "of another token", "of another seller", "older than a whole sync"];

    [Theory]
    [MemberData(nameof(Leftovers))]
    public async Task Run_LeftoverThatMayNotBeUsed_ReadsEverythingAnew(string leftover)
    {
        await SyncByExpansionAsync();
        var all = TakeExports();
        await FailAtAsync(3);
        Seller.ChangeProducts(changed: 100);
        switch (leftover)
        {
            case "of another token":
                Seller.Token = "regenerated";
                await Store.AccountService.ConnectAsync(Account, "regenerated");
                break;
            case "of another seller":
                await Store.ExecuteAsync("update sync_cursors set identity = '4711/' || identity");
                break;
            case "older than a whole sync":
                await SyncAsync();
                break;
            default:
                break;
        }

        TakeExports();
        await ForgetWhenRowsWereReadAsync();
        await using var another = Store.BuildAnother(Marketplace.BaseAddress, brx =>
            brx.ConfigureFullSync(options => options.ResumeWithin = leftover == "expired" ? TimeSpan.Zero : TimeSpan.FromHours(1)));
        var result = await SyncByExpansionAsync(another.GetRequiredService<IFullSync>());

        result.Status.ShouldBe(OperationStatus.Completed, result.Error);
        TakeExports().ShouldBe(all);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task Run_DryRun_TellsThePlanAndLeavesCursorAndStockAlone()
    {
        await SyncByExpansionAsync();
        var all = TakeExports();
        Seller.ChangeProducts(changed: 10, added: 3, removed: 2);
        await FailAtAsync(3);
        TakeExports();
        var before = await ItemsAsync(Account);

        var planned = await SyncByExpansionAsync(dryRun: true);
        var read = TakeExports();
        var refused = await SyncThroughAsync((_, _) => "<html>", dryRun: true);
        (await ItemsAsync(Account)).ShouldBe(before, ignoreOrder: true);
        TakeExports();
        var applied = await SyncByExpansionAsync();

        all.Except(read).ShouldBeEmpty();
        refused.Status.ShouldBe(OperationStatus.Failed);
        TakeExports().ShouldNotContain(all[0]);
        (planned.Progress.Created, planned.Progress.Updated, planned.Progress.Removed)
            .ShouldBe((applied.Progress.Created, applied.Progress.Updated, applied.Progress.Removed));
    }

    [Fact]
    public async Task Run_CatalogueThatKnowsHalf_SaysAfterACrashHowManyWereLeftOut()
    {
        await using var another = Store.BuildAnother(
            Marketplace.BaseAddress, brx => brx.Services.AddSingleton<ICatalog>(new EvenBlueprints()));
        var sync = another.GetRequiredService<IFullSync>();
        var unknown = Seller.GetStock().Count(level => Seller.FindProduct(level.ProductId)!.BlueprintId % 2 != 0);
        FailExport(3);
        (await SyncByExpansionAsync(sync)).Status.ShouldBe(OperationStatus.Failed);
        Marketplace.Faults.Clear();

        var resumed = await SyncByExpansionAsync(sync);

        (resumed.Status, resumed.Progress.Created, resumed.Progress.Skipped).ShouldBe(
            (OperationStatus.Completed, Products - unknown, unknown));
        resumed.Reasons.ShouldContain(
            reason => reason.Contains($"{unknown} products of the export are not in the catalogue", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_ModeOfTheOptions_HoldsForFullSyncsAndReconciliations()
    {
        await using var another = Store.BuildAnother(
            Marketplace.BaseAddress, brx => brx.ConfigureFullSync(options => options.Mode = SyncMode.ByExpansion));

        (await another.GetRequiredService<IFullSync>()
            .RunAsync(new SyncRequest { AccountId = Account })).Status.ShouldBe(OperationStatus.Completed);
        var reconciled = await another.GetRequiredService<IReconciliation>().RunAsync(Account);

        reconciled.Status.ShouldBe(OperationStatus.Completed);
        (await Store.DriftReports.FindAsync(reconciled.OperationId)).ShouldNotBeNull().IsClean.ShouldBeTrue();
        TakeExports().ShouldNotContain(export => string.IsNullOrWhiteSpace(export));
    }

    [Fact]
    public async Task Run_TakenOverWhileItReads_SavesNothingMore()
    {
        var result = await Should.ThrowAsync<SyncFencedException>(() => SyncThroughAsync((number, body) =>
        {
            if (number == 2)
            {
                Store
                    .ExecuteAsync("update user_sync_settings set epoch = epoch + 1; update sync_operations set status = 'failed'")
                    .GetAwaiter()
                    .GetResult();
            }

            return body;
        }));

        result.ShouldNotBeNull();
        (await ItemsAsync(Account)).ShouldBeEmpty();
        (await Store.ExecuteAsync("delete from sync_cursors")).ShouldBe(1);
    }

    private sealed class EvenBlueprints : ICatalog
    {
        public Task<IReadOnlyDictionary<BlueprintId, CatalogMatch>> LookupAsync(
            IReadOnlyCollection<BlueprintId> blueprints, CancellationToken cancellationToken = default) =>
            Task.FromResult<IReadOnlyDictionary<BlueprintId, CatalogMatch>>(blueprints.Distinct().ToDictionary(
                id => id,
                id => id.Value % 2 == 0 ? CatalogMatch.Mapped(new CatalogPrint("cards_prints", id.Value)) : CatalogMatch.Unknown));

        public Task CheckAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
