using BrxSync.Client;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;
using BrxSync.Sync.Stock.Items;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Histories;

/// <summary>What the journal tells, and how it is read.</summary>
public abstract class JournalSuite : StoreSuite
{
    private const JournalFields AllOfASnapshot = JournalFields.Price | JournalFields.Description | JournalFields.Properties
        | JournalFields.Graded | JournalFields.UserData | JournalFields.Blueprint;

    [Fact]
    public async Task Apply_FirstSnapshot_OneRowForEachItem()
    {
        var account = await ConnectAsync();

        await ApplyAsync(account, SnapshotOutcome.Applied, [Row(0, 30, 2, price: 150), Row(1, 4, 0, price: 90), Row(2, 100, 1)]);

        var entries = await JournalAsync(account);
        entries.OrderBy(entry => entry.ProductId!.Value.Value)
            .Select(entry => (entry.ProductId!.Value.Value, entry.Before, entry.After, entry.PriceBefore, entry.PriceAfter))
            .ShouldBe([(4, 0, 0, null, 90), (30, 0, 2, null, 150), (100, 0, 1, null, 100)]);
        entries.ShouldAllBe(entry => entry.Fields == AllOfASnapshot && entry.Oversold == 0
            && entry.Cause == JournalCauses.Snapshot && entry.SourceId == "op" && entry.Actor == JournalActors.CardTrader);
        await ReplayAsync(account);
    }

    [Fact]
    public async Task Apply_PriceAndFieldsChange_AreInTheRowOfTheQuantityOrInOneOfTheirOwn()
    {
        var account = await ConnectAsync();
        await ApplyAsync(account, SnapshotOutcome.Applied, [Row(0, 1, 2), Row(1, 2, 2), Row(2, 3, 2), Row(3, 4, 2), Row(4, 5, 2)]);
        var before = await Store.Inventory.GetJournalPositionAsync(account);

        await ApplyAsync(
            account,
            SnapshotOutcome.Applied,
            [Row(0, 1, 3, price: 120), Row(1, 2, 2, price: 80), Row(2, 3, 2, text: "new"), Row(3, 4, 2), Row(4, 6, 2, price: 70)]);

        (await JournalAsync(account, before)).OrderBy(entry => entry.ProductId!.Value.Value)
            .Select(entry => (
                entry.ProductId!.Value.Value, entry.Cause, entry.Before, entry.After, entry.PriceBefore, entry.PriceAfter, entry.Fields))
            .ShouldBe(
            [
                (1, JournalCauses.Snapshot, 2, 3, 100, 120, JournalFields.Price),
                (2, JournalCauses.Snapshot, 2, 2, 100, 80, JournalFields.Price),
                (3, JournalCauses.Snapshot, 2, 2, 100, 100, JournalFields.Description),
                (5, JournalCauses.Missing, 2, 0, 100, 100, JournalFields.None),
                (6, JournalCauses.Snapshot, 0, 2, null, 70, AllOfASnapshot),
            ]);
        await ReplayAsync(account);
    }

    [Fact]
    public async Task Apply_UnchangedSnapshot_WritesNoRow()
    {
        var account = await ConnectAsync();
        await ApplyAsync(account, SnapshotOutcome.Applied, (1, 2), (2, 0));
        var before = await Store.Inventory.GetJournalPositionAsync(account);

        await ApplyAsync(account, SnapshotOutcome.Applied, (1, 2), (2, 0));

        (await Store.Inventory.GetJournalPositionAsync(account)).ShouldBe(before);
        (await JournalAsync(account, before)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Step_WithoutAndWithPrice_RowHoldsThePriceOfTheItemOrTheGivenOne()
    {
        var account = await ConnectAsync();
        await ApplyAsync(account, SnapshotOutcome.Applied, (1, 5));

        await WriteAsync(
            account,
            new JournalLine(new ProductId(1), JournalCauses.Sale, "order", 5, 4, 0),
            new JournalLine(new ProductId(1), JournalCauses.Edit, "change", 4, 4, 0, "shop", ItemFields.Price | ItemFields.Tag, 100, 95),
            new JournalLine(new ProductId(9), JournalCauses.Sale, "order", 0, 0, 2));

        (await JournalAsync(account, after: 1)).Select(entry => (
                entry.Position, entry.SourceId, entry.Actor, entry.Oversold, entry.PriceBefore, entry.PriceAfter, entry.Fields))
            .ShouldBe(
            [
                (2, "order", JournalActors.CardTrader, 0, 100, 100, JournalFields.None),
                (3, "change", "shop", 0, 100, 95, JournalFields.Price | JournalFields.Tag),
                (4, "order", JournalActors.CardTrader, 2, null, null, JournalFields.None),
            ]);
    }

    [Fact]
    public async Task Read_ByAccountAndByProduct_GivesWhatIsAskedFor()
    {
        var (account, other) = (await ConnectAsync(), await ConnectAsync());
        foreach (var id in (AccountId[])[account, other])
        {
            await ApplyAsync(id, SnapshotOutcome.Applied, (3, 1), (1, 1), (2, 1));
            await ApplyAsync(id, SnapshotOutcome.Applied, (3, 2), (1, 1), (2, 2), (4, 9));
            await ApplyAsync(id, SnapshotOutcome.Applied, (3, 3), (1, 1), (2, 2), (4, 8));
        }

        (await Store.Inventory.GetJournalPositionAsync(account)).ShouldBe(8);
        (await JournalAsync(account)).Select(entry => entry.Position).ShouldBe([1, 2, 3, 4, 5, 6, 7, 8]);
        (await JournalAsync(account, after: 5)).Select(entry => entry.Position).ShouldBe([6, 7, 8]);
        (await JournalAsync(account, after: 8)).ShouldBeEmpty();
        (await JournalAsync(account, product: 3)).Select(entry => (entry.Before, entry.After)).ShouldBe([(0, 1), (1, 2), (2, 3)]);
        var first = (await JournalAsync(account, product: 3))[0].Position;
        (await JournalAsync(account, first, 3)).Select(entry => entry.After).ShouldBe([2, 3]);
        (await JournalAsync(account, product: 4)).Select(entry => entry.After).ShouldBe([9, 8]);
        (await JournalAsync(account, product: 5)).ShouldBeEmpty();

        var page = await Store.Inventory.ListJournalAsync(account, new ProductId(3), limit: 2);
        page.Select(entry => entry.After).ShouldBe([3, 2]);
        (await Store.Inventory.ListJournalAsync(account, new ProductId(3), limit: 2, beforePosition: page[^1].Position))
            .Select(entry => entry.After).ShouldBe([1]);
        (await Store.Inventory.ListJournalAsync(account, limit: 3)).Select(entry => entry.Position).ShouldBe([8, 7, 6]);
        (await Store.Inventory.ListJournalAsync(account, limit: 3, beforePosition: 3)).Select(entry => entry.Position).ShouldBe([2, 1]);
    }

    [Fact]
    public async Task Read_AccountWithoutEntries_IsEmpty()
    {
        (await Store.Inventory.GetJournalPositionAsync(await ConnectAsync())).ShouldBe(0);
        (await Store.Inventory.GetJournalPositionAsync(AccountId.Create())).ShouldBe(0);
        (await JournalAsync(AccountId.Create())).ShouldBeEmpty();
    }

    /// <summary>A row of the settings that was deleted beside us must not let the positions begin anew.</summary>
    [Fact]
    public async Task Connect_AccountWhoseSettingsWereDeleted_CountsOn()
    {
        var account = await ConnectAsync();
        await ApplyAsync(account, SnapshotOutcome.Applied, (1, 1), (2, 1));
        await Store.ExecuteAsync("delete from user_sync_settings");

        await Store.Accounts.SaveConnectionAsync(new AccountConnection { Id = account, TokenCiphertext = "gAAAA-token" });
        await ApplyAsync(account, SnapshotOutcome.Applied, (1, 1), (2, 1), (3, 1));

        (await JournalAsync(account)).Select(entry => entry.Position).ShouldBe([1, 2, 3]);
    }

    /// <summary>Snapshots and re-reads of two accounts through two sets of services, all at once.</summary>
    [Fact]
    public async Task Steps_OfSeveralAccountsAndHostsAtOnce_PositionsHaveNoGapAndTheJournalReplays()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("BRXSYNC_SEED"), out var given) ? given : Environment.TickCount;
        await using var another = Store.BuildAnother();
        AccountId[] accounts = [await ConnectAsync(), await ConnectAsync()];
        var work = accounts.SelectMany(account => (IServiceProvider[])[Store.Services, another], (account, host) => (account, host))
            .SelectMany((pair, index) => (Task[])
            [
                Task.Run(() => SnapshotsAsync(pair.host, pair.account, new Random(seed + index))),
                Task.Run(() => RereadsAsync(pair.host, pair.account, new Random(~seed + index))),
            ]);

        await Task.WhenAll(work);

        foreach (var account in accounts)
        {
            await ApplyAsync(account, SnapshotOutcome.Applied, [Row(0, 1, 7, price: 1), Row(1, 2, 7, price: 2)]);
            var replayed = await ReplayAsync(account);
            foreach (var (product, item) in await ItemsAsync(account))
            {
                replayed[product].ShouldBe(item.Quantity, $"seed {seed}, product {product}");
            }
        }
    }

    private static async Task SnapshotsAsync(IServiceProvider host, AccountId account, Random random)
    {
        for (var round = 0; round < 8; round++)
        {
            await using var session = await host.GetRequiredService<ISnapshotStore>().TryOpenAsync(account);
            if (session is null)
            {
                continue;
            }

            SnapshotRow[] rows =
            [
                .. Enumerable.Range(1, 30).Where(_ => random.Next(5) > 0).Select((id, index) => Row(
                    index, id, random.Next(4), 100 + random.Next(3), text: random.Next(3) == 0 ? "other" : null)),
            ];
            await session.StageAsync(rows);
            var plan = await session.PlanAsync();
            await plan.ApplyAsync(new SnapshotApplication { Record = Record(SnapshotOutcome.Applied, plan), Currency = "EUR" });
        }
    }

    private static async Task RereadsAsync(IServiceProvider host, AccountId account, Random random)
    {
        for (var round = 0; round < 20; round++)
        {
            var window = SnapshotWindow.Around(
                DateTimeOffset.UnixEpoch.AddDays(21_000 + round), DateTimeOffset.UnixEpoch.AddDays(21_000 + round).AddSeconds(1));
            ProductId[] products = [.. Enumerable.Range(0, 4).Select(_ => new ProductId(random.Next(1, 31))).Distinct()];
            var rows = products.Where(_ => random.Next(4) > 0).ToDictionary(product => product, _ => random.Next(5));
            await using var session = await host.GetRequiredService<IStockStore>().OpenAsync(account);
            var loaded = await session.LoadAsync(new StockScope { Products = products, SalesSince = window.From });
            var step = new StockStep(loaded, window.To);
            step.Apply(
                books => books.ApplyReread(window, products, rows, new Dictionary<ProductId, DateTimeOffset>(), step.Now), "reread");
            await session.SaveAsync(step.Writes());
        }
    }

    private async Task WriteAsync(AccountId account, params JournalLine[] lines)
    {
        await using var session = await Store.Stock.OpenAsync(account);
        await session.LoadAsync(new StockScope());
        await session.SaveAsync(new StockWrites { Journal = lines });
    }
}
