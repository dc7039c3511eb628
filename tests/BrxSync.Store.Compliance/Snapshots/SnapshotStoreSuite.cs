using System.Globalization;
using BrxSync.Client;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Snapshots;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;
using BrxSync.Sync.Stock.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Snapshots;

/// <summary>What every snapshot session does to the stock.</summary>
public abstract class SnapshotStoreSuite : StoreSuite
{
    [Fact]
    public async Task Apply_FirstSnapshot_CreatesEveryRow()
    {
        var account = await ConnectAsync();

        var plan = await ApplyAsync(account, SnapshotOutcome.Applied, (1, 3), (2, 1), (3_000_000_001, 7));

        (plan.Staged, plan.Created, plan.Updated, plan.Unchanged, plan.Missing).ShouldBe((3, 3, 0, 0, 0));
        var items = await ItemsAsync(account);
        items.ToDictionary(item => item.Key, item => item.Value.Quantity).ShouldBe(
            new Dictionary<string, int> { ["1"] = 3, ["2"] = 1, ["3000000001"] = 7 }, ignoreOrder: true);
        items["1"].Status.ShouldBe(ItemStatus.Active);
        (await ReplayAsync(account)).ShouldBe(new Dictionary<string, int> { ["1"] = 3, ["2"] = 1, ["3000000001"] = 7 }, ignoreOrder: true);
    }

    [Fact]
    public async Task Apply_SameSnapshotAgain_WritesNoRow()
    {
        var account = await ConnectAsync();
        await ApplyAsync(account, SnapshotOutcome.Applied, (1, 3), (2, 1));
        var before = await ItemsAsync(account);

        var plan = await ApplyAsync(account, SnapshotOutcome.Applied, (2, 1), (1, 3));

        (plan.Created, plan.Updated, plan.Unchanged, plan.Missing).ShouldBe((0, 0, 2, 0));
        (await ItemsAsync(account)).ShouldBe(before, ignoreOrder: true);
    }

    [Fact]
    public async Task Apply_EveryFieldChanged_UpdatesTheRow()
    {
        var account = await ConnectAsync();
        await ApplyAsync(account, SnapshotOutcome.Applied, [Row(0, 1, 3), Row(1, 2, 2), Row(2, 3, 1), Row(3, 4, 1)]);

        var plan = await ApplyAsync(
            account, SnapshotOutcome.Applied, [Row(0, 1, 5), Row(1, 2, 2, price: 250), Row(2, 3, 1, text: "signed"), Row(3, 4, 1)]);

        (plan.Updated, plan.Unchanged).ShouldBe((3, 1));
        var items = await ItemsAsync(account);
        (items["1"].Quantity, items["2"].Price?.Cents, items["3"].Description).ShouldBe((5, 250, "signed"));
        items["1"].RowVersion.ShouldBe(2);
        items["4"].RowVersion.ShouldBe(1);
    }

    [Fact]
    public async Task Apply_ProductReadAgainWhileTheSnapshotWasUnderWay_KeepsTheNewerReadAndSettlesTheDifference()
    {
        var account = await ConnectAsync();
        await ApplyAsync(account, SnapshotOutcome.Applied, (1, 5), (2, 5));
        var start = DateTimeOffset.UnixEpoch.AddDays(20001);
        await using (var reread = await Store.Stock.OpenAsync(account))
        {
            var window = SnapshotWindow.Around(start.AddSeconds(20), start.AddSeconds(21));
            var step = new StockStep(
                await reread.LoadAsync(new StockScope { Products = [new ProductId(1)], SalesSince = window.From }), start.AddSeconds(22));
            step.Apply(books => books.ApplyReread(
                window,
                [new ProductId(1)],
                new Dictionary<ProductId, int> { [new(1)] = 2 },
                new Dictionary<ProductId, DateTimeOffset>(),
                start.AddSeconds(22)), "reread");
            await reread.SaveAsync(step.Writes());
        }

        await using (var session = (await Store.Snapshots.TryOpenAsync(account)).ShouldNotBeNull())
        {
            var window = SnapshotWindow.Around(start, start.AddSeconds(60));
            await session.StageAsync(new[] { Row(0, 1, 5), Row(1, 2, 4) });
            var plan = await session.PlanAsync(SnapshotComparison.Hash, window);
            var verdict = new SnapshotVerdict(SnapshotOutcome.Applied, [], SnapshotConsent.None, "EUR");
            var (stock, _) = await TouchedProducts.SettleAsync(plan, window, verdict, "op", [], start.AddSeconds(61), default);
            await plan.ApplyAsync(new SnapshotApplication
            {
                Record = Record(SnapshotOutcome.Applied, plan) with { Window = window }, Currency = "EUR", Stock = stock,
            });
        }

        var items = await ItemsAsync(account);
        (items["1"].Quantity, items["2"].Quantity).ShouldBe((2, 4));
        (await Store.Stock.ListRereadsAsync(account, 10)).ShouldHaveSingleItem().Request.Product.ShouldBe(new ProductId(1));
    }

    [Fact]
    public async Task Apply_OutdatedForAProductWhoseRequestItKnew_LeavesTheRequest()
    {
        var account = await ConnectAsync();
        await ApplyAsync(account, SnapshotOutcome.Applied, (1, 6), (2, 5));
        var start = DateTimeOffset.UnixEpoch.AddDays(20001);
        await StepAsync(account, start.AddSeconds(22), books => books.ApplyReread(
            SnapshotWindow.Around(start.AddSeconds(20), start.AddSeconds(21)),
            [new ProductId(1)],
            new Dictionary<ProductId, int> { [new(1)] = 5 },
            new Dictionary<ProductId, DateTimeOffset>(),
            start.AddSeconds(22)));
        await StepAsync(account, start.AddSeconds(23), books => books.Apply(
            new OrderReport
            {
                Id = new OrderId(7),
                State = OrderState.Paid,
                Moment = OrderMoment.OfWebhook(start.AddSeconds(20)),
                ViaZero = false,
                Size = 1,
                Items = [new OrderItem
                {
                    Id = new OrderItemId(70), Product = new ProductId(1), Quantity = 1, CreatedAt = start.AddSeconds(20.5),
                }],
            },
            start.AddSeconds(23)));
        (await ItemsAsync(account))["1"].Quantity.ShouldBe(4);
        (await Store.Stock.ListRereadsAsync(account, 10)).ShouldHaveSingleItem();

        // Begun after the request; its answer was long on its way, so that its window begins before that of the read.
        await using (var session = (await Store.Snapshots.TryOpenAsync(account)).ShouldNotBeNull())
        {
            var requests = await session.ListRequestsAsync();
            var window = SnapshotWindow.Around(start.AddSeconds(-1), start.AddSeconds(60));
            await session.StageAsync(new[] { Row(0, 1, 5), Row(1, 2, 5) });
            var plan = await session.PlanAsync(SnapshotComparison.Hash, window);
            var verdict = new SnapshotVerdict(SnapshotOutcome.Applied, [], SnapshotConsent.None, "EUR");
            (var stock, requests) = await TouchedProducts.SettleAsync(plan, window, verdict, "op", requests, start.AddSeconds(61), default);
            var record = Record(SnapshotOutcome.Applied, plan) with { Window = window };
            await plan.ApplyAsync(new SnapshotApplication { Record = record, Currency = "EUR", Stock = stock, Requests = requests });
        }

        (await ItemsAsync(account))["1"].Quantity.ShouldBe(4);
        (await Store.Stock.ListRereadsAsync(account, 10)).ShouldHaveSingleItem("one of two overlapping reads is still to be decided");
    }

    private async Task StepAsync(AccountId account, DateTimeOffset now, Func<AccountBooks, AccountBooks> rule)
    {
        await using var session = await Store.Stock.OpenAsync(account);
        var scope = new StockScope { Orders = [new OrderId(7)], Products = [new ProductId(1)], SalesSince = DateTimeOffset.UnixEpoch };
        var step = new StockStep(await session.LoadAsync(scope), now);
        step.Apply(rule, "step");
        await session.SaveAsync(step.Writes());
    }

    [Fact]
    public async Task Apply_ProductDisappears_ZeroFirstThenOutOfViewThenBack()
    {
        var account = await ConnectAsync();
        await ApplyAsync(account, SnapshotOutcome.Applied, (1, 3), (2, 1));

        var first = await ApplyAsync(account, SnapshotOutcome.Applied, (2, 1));
        var afterFirst = (await ItemsAsync(account))["1"];
        var second = await ApplyAsync(account, SnapshotOutcome.Applied, (2, 1));
        var afterSecond = await ItemsAsync(account);
        var third = await ApplyAsync(account, SnapshotOutcome.Applied, (2, 1));
        var afterThird = await Store.Inventory.FindAsync(account, new ProductId(1));
        var back = await ApplyAsync(account, SnapshotOutcome.Applied, (1, 4), (2, 1));

        (first.Missing, first.Fall).ShouldBe((1, new SnapshotFall(2, 1)));
        (afterFirst.Quantity, afterFirst.Status, afterFirst.MissingCount).ShouldBe((0, ItemStatus.Missing, 1));
        (second.Missing, second.Fall).ShouldBe((0, new SnapshotFall(1, 1)));
        afterSecond.Keys.ShouldBe(["2"]);
        (third.Updated, third.Missing).ShouldBe((0, 0));
        var outOfView = afterThird.ShouldNotBeNull();
        (outOfView.MissingCount, outOfView.RowVersion).ShouldBe((2, afterFirst.RowVersion + 1));
        (back.Created, back.Updated).ShouldBe((0, 1));
        var item = (await ItemsAsync(account))["1"];
        (item.Quantity, item.Status, item.MissingCount).ShouldBe((4, ItemStatus.Active, 0));
        (await ReplayAsync(account))["1"].ShouldBe(4);
    }

    [Fact]
    public async Task Apply_ProductAtZero_IsSoldOutAndItsAbsenceIsNoFall()
    {
        var account = await ConnectAsync();
        await ApplyAsync(account, SnapshotOutcome.Applied, (1, 0), (2, 1));
        var listed = (await ItemsAsync(account))["1"];
        await Store.ExecuteAsync("update user_inventory_items set quantity = 0, status = 'active' where external_stock_id = '1'");

        var plan = await ApplyAsync(account, SnapshotOutcome.Applied, (2, 1));
        var again = await ApplyAsync(account, SnapshotOutcome.Applied, (2, 1));

        listed.Status.ShouldBe(ItemStatus.SoldOut);
        (plan.Missing, plan.Fall).ShouldBe((0, new SnapshotFall(1, 1)));
        var item = (await ItemsAsync(account))["1"];
        (item.Status, item.MissingCount).ShouldBe((ItemStatus.SoldOut, 0));
        again.Unchanged.ShouldBe(1);
    }

    [Fact]
    public async Task Apply_Withheld_ChangesRowsAndMarksNothing()
    {
        var account = await ConnectAsync();
        await ApplyAsync(account, SnapshotOutcome.Applied, (1, 3), (2, 1));

        await ApplyAsync(account, SnapshotOutcome.Withheld, (2, 9), (3, 1));

        var items = await ItemsAsync(account);
        (items["1"].Quantity, items["1"].Status).ShouldBe((3, ItemStatus.Active));
        (items["2"].Quantity, items["3"].Quantity).ShouldBe((9, 1));
    }

    [Fact]
    public async Task Dispose_BeforeApply_LeavesTheStockAlone()
    {
        var account = await ConnectAsync();
        await ApplyAsync(account, SnapshotOutcome.Applied, (1, 3));
        var before = await ItemsAsync(account);

        await using (var session = (await Store.Snapshots.TryOpenAsync(account))!)
        {
            await session.StageAsync(new[] { Row(0, 2, 5) });
            await session.PlanAsync();
        }

        (await ItemsAsync(account)).ShouldBe(before);
        (await ApplyAsync(account, SnapshotOutcome.Applied, (1, 3))).Unchanged.ShouldBe(1);
    }

    [Fact]
    public async Task TryOpen_SecondRun_IsRefusedUntilTheFirstIsDone()
    {
        var (account, other) = (await ConnectAsync(), await ConnectAsync());
        await using var another = Store.BuildAnother();
        var elsewhere = another.GetRequiredService<ISnapshotStore>();

        var first = (await Store.Snapshots.TryOpenAsync(account)).ShouldNotBeNull();
        (await Store.Snapshots.TryOpenAsync(account)).ShouldBeNull();
        (await elsewhere.TryOpenAsync(account)).ShouldBeNull();
        await using (var unrelated = await elsewhere.TryOpenAsync(other))
        {
            unrelated.ShouldNotBeNull();
        }

        await first.DisposeAsync();
        await using var next = await elsewhere.TryOpenAsync(account);
        next.ShouldNotBeNull();
    }

    [Fact]
    public async Task TryOpen_UnknownAccount_SaysToConnectIt()
    {
        var unknown = AccountId.Create();
        var exception = await Should.ThrowAsync<InvalidOperationException>(() => Store.Snapshots.TryOpenAsync(unknown));

        exception.Message.ShouldContain("connect it first");

        // The failed opening holds nothing back.
        await using var another = Store.BuildAnother();
        await another.GetRequiredService<IAccountStore>()
            .SaveConnectionAsync(new AccountConnection { Id = unknown, TokenCiphertext = "t" });
        await using var session = await another.GetRequiredService<ISnapshotStore>().TryOpenAsync(unknown);
        session.ShouldNotBeNull();
    }

    [Fact]
    public async Task Plan_AccountTakenOverMeanwhile_IsFencedOut()
    {
        var account = await ConnectAsync();
        await using var session = (await Store.Snapshots.TryOpenAsync(account))!;
        await session.StageAsync(new[] { Row(0, 1, 5) });
        await Store.ExecuteAsync("update user_sync_settings set epoch = epoch + 1");

        await Should.ThrowAsync<SyncFencedException>(() => session.PlanAsync());

        (await ItemsAsync(account)).ShouldBeEmpty();
    }

    [Fact]
    public async Task SettleDuplicates_EqualAndDifferingRows_KeepsOneOfEqualAndNoneOfDiffering()
    {
        var account = await ConnectAsync();
        await using var session = (await Store.Snapshots.TryOpenAsync(account))!;
        await session.StageAsync(new[] { Row(0, 1, 5), Row(1, 2, 1), Row(2, 1, 5), Row(3, 2, 4), Row(4, 3, 1), Row(5, 1, 5) });

        var duplicates = await session.SettleDuplicatesAsync();
        var plan = await session.PlanAsync();

        (duplicates.Copies, duplicates.ConflictingRows).ShouldBe((2, 2));
        duplicates.ConflictingIds.ShouldBe([2]);
        (plan.Changes.Staged, plan.Changes.Created).ShouldBe((2, 2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WithholdPrices_KnownAndNewProducts_KeepsTheOldPriceAndCreatesNothing(bool allOthers)
    {
        var account = await ConnectAsync();
        await ApplyAsync(account, SnapshotOutcome.Applied, [Row(0, 1, 1, price: 50), Row(1, 2, 1, price: 60)]);
        await using var session = (await Store.Snapshots.TryOpenAsync(account))!;
        await session.StageAsync(new[] { Row(0, 1, 4, price: 999), Row(1, 2, 1, price: 70), Row(2, 3, 1, price: 888) });

        await session.WithholdPricesAsync(allOthers ? [1] : [0, 2], allOthers);
        var plan = await session.PlanAsync();
        await plan.ApplyAsync(new SnapshotApplication { Record = Record(SnapshotOutcome.Withheld, plan) });

        (plan.Changes.Created, plan.Changes.Updated, plan.Changes.Unpriced).ShouldBe((0, 2, 1));
        var items = await ItemsAsync(account);
        (items["1"].Quantity, items["1"].Price?.Cents).ShouldBe((4, 50));
        items["2"].Price?.Cents.ShouldBe(70);
        items.ContainsKey("3").ShouldBeFalse();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Apply_RowsThatMayNotBeCreated_UpdatesKnownOnesAndCreatesNone(bool hasStock)
    {
        var account = await ConnectAsync();
        if (hasStock)
        {
            await ApplyAsync(account, SnapshotOutcome.Applied, (1, 1), (2, 2));
        }

        SnapshotRow[] rows =
        [
            Row(0, 1, 4) with { MayCreate = false },
            Row(1, 2, 2) with { MayCreate = false },
            Row(2, 3, 5) with { MayCreate = false },
            Row(3, 4, 6),
        ];
        var plan = await ApplyAsync(account, SnapshotOutcome.Applied, rows);
        var again = await ApplyAsync(account, SnapshotOutcome.Applied, rows);

        (plan.Staged, plan.Created, plan.Barred, plan.Missing).ShouldBe((4, 1, hasStock ? 1 : 3, 0));
        (plan.Updated, plan.Unchanged, plan.Fall.Gone).ShouldBe(hasStock ? (1, 1, 0) : (0, 0, 0));
        (again.Created, again.Updated, again.Missing).ShouldBe((0, 0, 0));
        (await ItemsAsync(account)).ToDictionary(item => item.Key, item => item.Value.Quantity).ShouldBe(
            hasStock ? new Dictionary<string, int> { ["1"] = 4, ["2"] = 2, ["4"] = 6 } : new() { ["4"] = 6 }, ignoreOrder: true);
        (await ReplayAsync(account)).ContainsKey("3").ShouldBeFalse();
    }

    [Fact]
    public async Task Apply_DifficultTexts_RoundTrips()
    {
        var account = await ConnectAsync();
        const string Text = "It's \"odd\"\\, \tπ 🂡 日本語; drop table x; --";

        await ApplyAsync(
            account,
            SnapshotOutcome.Applied,
            [Row(0, 1, 1, text: Text), Row(1, 2, 1, text: string.Empty), Row(2, 3, 1, text: new string('ü', 100_000))]);

        var items = await ItemsAsync(account);
        (items["1"].Description, items["2"].Description).ShouldBe((Text, string.Empty));
        items["3"].Description!.Length.ShouldBe(100_000);
        items["1"].Properties.ShouldNotBeNull().ShouldContain("Near Mint");
    }

    [Fact]
    public async Task ListRecent_AppliedWithheldAndRefused_NewestFirst()
    {
        var account = await ConnectAsync();
        var plan = await ApplyAsync(account, SnapshotOutcome.Applied, (1, 3));
        await ApplyAsync(account, SnapshotOutcome.Withheld, (1, 3));
        IReadOnlyList<SnapshotRecord> believable;
        await using (var session = (await Store.Snapshots.TryOpenAsync(account))!)
        {
            await session.RecordRefusedAsync(Record(SnapshotOutcome.Refused, plan, "op-3") with { CanBeConfirmed = true, Skipped = 9 });
            believable = await session.ListBelievableAsync(10);
        }

        var records = await Store.Snapshots.ListRecentAsync(account, 2);

        believable.Select(record => record.Outcome).ShouldBe([SnapshotOutcome.Withheld, SnapshotOutcome.Applied]);
        records.Select(record => record.Outcome).ShouldBe([SnapshotOutcome.Refused, SnapshotOutcome.Withheld]);
        records[0].ShouldSatisfyAllConditions(
            record => record.OperationId.ShouldBe("op-3"),
            record => record.CanBeConfirmed.ShouldBeTrue(),
            record => record.Skipped.ShouldBe(9),
            record => record.Window.ShouldBe(Record(SnapshotOutcome.Refused, plan).Window),
            record => record.Reasons.ShouldBe(["because"]));
    }

    [Fact]
    public async Task Apply_RandomSnapshots_StockEqualsTheLastOneAndTheJournalReplays()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var account = await ConnectAsync();
        for (var step = 0; step < 25; step++)
        {
            var products = Enumerable.Range(1, 60).Where(_ => random.Next(4) > 0).Select(id => ((long)id, random.Next(1, 4))).ToArray();

            await ApplyAsync(account, SnapshotOutcome.Applied, products);

            var inStock = (await ItemsAsync(account)).Where(item => item.Value.Quantity > 0)
                .ToDictionary(item => item.Key, item => item.Value.Quantity);
            inStock.ShouldBe(
                products.ToDictionary(
                    product => product.Item1.ToString(System.Globalization.CultureInfo.InvariantCulture), product => product.Item2),
                ignoreOrder: true,
                $"seed {seed}, step {step}");
        }

        var replayed = await ReplayAsync(account);
        foreach (var (id, quantity) in replayed)
        {
            (await Store.Inventory.FindAsync(account, new ProductId(long.Parse(id, CultureInfo.InvariantCulture))))
                .ShouldNotBeNull().Quantity.ShouldBe(quantity, $"seed {seed}");
        }

        var summary = await Store.Inventory.SummarizeAsync(account);
        summary.Units.ShouldBe(replayed.Values.Sum());
    }
}
