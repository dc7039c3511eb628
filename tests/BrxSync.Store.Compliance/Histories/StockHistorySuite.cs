using BrxSync.Client;
using BrxSync.Properties.Tests.Stock.Simulation;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Orders;
using BrxSync.Sync.Snapshots;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Store.Compliance.Histories;

/// <summary>
/// Random histories, taken step by step on the store as the engine takes them: load a slice, apply the rule, save. After every step the
/// store must hold what the rules alone, over the whole books in memory, come to.
/// </summary>
public abstract class StockHistorySuite : StoreSuite
{
    private static readonly int FirstSeed = int.TryParse(Environment.GetEnvironmentVariable("BRXSYNC_SEED"), out var seed)
        ? seed
        : 20_261_102;
    private const int Histories = 200;

    /// <summary>No snapshot is withheld in these: what the store knows of the last read is then as exact as what the books know.</summary>
    [Fact]
    public async Task Steps_RandomHistories_StoreHoldsWhatTheRulesSay()
    {
        for (var seed = FirstSeed; seed < FirstSeed + Histories; seed++)
        {
            await PlayAsync(Without(History.Random(seed), withheld: true, edits: false), exactly: true);
        }
    }

    /// <summary>
    /// After a withheld snapshot the store is less sure of what was read when, so it may read more often; at rest the
    /// stock is right all the same.
    /// </summary>
    [Fact]
    public async Task Steps_RandomHistoriesWithWithheldSnapshots_StoreIsRightAtRest()
    {
        for (var seed = FirstSeed + Histories; seed < FirstSeed + (Histories * 3 / 2); seed++)
        {
            await PlayAsync(Without(History.Random(seed), withheld: false, edits: true), exactly: false);
        }
    }

    private static History Without(History history, bool withheld, bool edits) => history with
    {
        Steps =
        [
            .. history.Steps
                .Where(step => !withheld || step.Kind != StepKind.StepMarketClock)
                .Where(step => !edits || step.Kind is not (StepKind.Sell or StepKind.Restock or StepKind.Delist or StepKind.Send
                    or StepKind.Arrive or StepKind.Answer or StepKind.ResolveDoubts or StepKind.Reserve or StepKind.Confirm
                    or StepKind.Release))
                .Select(step => withheld && step is { Kind: StepKind.ApplyRead } && step.B % 10 is 7 or 8
                    ? step with { B = step.B - 7 }
                    : step),
        ],
    };

    private async Task PlayAsync(History history, bool exactly)
    {
        var rehearsal = Rehearsal.Play(history);
        var account = await ConnectAsync();
        var number = 0;
        foreach (var step in rehearsal.Steps)
        {
            number++;
            await TakeAsync(account, step);
            if (exactly)
            {
                Compare(await LoadAllAsync(account, step.After), step.After, $"after step {number} ({Describe(step)}) of {history}");
            }
        }

        var books = rehearsal.Books;
        var held = await LoadAllAsync(account, books);
        held.Items.Values.Select(item => (item.Product, item.Quantity)).ShouldBe(
            books.Items.Values.Select(item => (item.Product, item.Quantity)), ignoreOrder: true, $"at rest of {history}");
        var replayed = await ReplayAsync(account);
        foreach (var item in held.Items.Values)
        {
            replayed.GetValueOrDefault(item.Product.ToString()).ShouldBe(item.Copies, $"journal of {item.Product} in {history}");
        }
    }

    private async Task TakeAsync(AccountId account, RehearsedStep step)
    {
        if (step.Snapshot is { } snapshot)
        {
            await ApplyAsync(account, snapshot);
            return;
        }

        if (step.OrdersKnownUntil is { } until)
        {
            // The rules never know less than before; a poll tells what it saw.
            var known = await Store.Stock.GetOrderPositionAsync(account);
            until = known.KnownUntil > until ? known.KnownUntil.Value : until;
            await Store.Stock.SetOrderPositionAsync(account, null, new OrderPosition(null, until, null, null));
            return;
        }

        var due = step.Fetched is null ? [] : await Store.Stock.ListFetchesAsync(account, 1000);
        await using var session = await Store.Stock.OpenAsync(account);
        var slice = new StockStep(await session.LoadAsync(Scope(step)), DateTimeOffset.UnixEpoch);
        slice.Apply(step.Rule, "history");
        var writes = slice.Writes();
        await session.SaveAsync(step.Fetched is { } fetched
            ? writes with
            {
                Fetches = [.. writes.Fetches.Where(order => order != fetched)],
                FetchesDone = [.. due.Where(fetch => fetch.Order == fetched)],
            }
            : writes);
    }

    private async Task ApplyAsync(AccountId account, RehearsedSnapshot snapshot)
    {
        if (!snapshot.Verdict.MayApplyRows)
        {
            return;
        }

        await using var session = (await Store.Snapshots.TryOpenAsync(account)).ShouldNotBeNull();
        await session.StageAsync(snapshot.Rows.Select((row, index) => Row(index, row.Key.Value, row.Value)).ToArray());
        var plan = await session.PlanAsync(SnapshotComparison.Hash, snapshot.Window, snapshot.Now.Latest);
        IReadOnlyList<RereadRequest> requests = [.. snapshot.Known.Select(asked => new RereadRequest(asked.Key, null, asked.Value))];
        (var stock, requests) = await TouchedProducts.SettleAsync(
            plan, snapshot.Window, snapshot.Verdict, "snapshot", requests, snapshot.Now, default);
        var record = Record(snapshot.Verdict.Outcome, plan) with { Window = snapshot.Window };
        await plan.ApplyAsync(new SnapshotApplication { Record = record, Currency = "EUR", Requests = requests, Stock = stock });
    }

    /// <summary>Loads everything that the store holds of the account, as one slice.</summary>
    private async Task<AccountBooks> LoadAllAsync(AccountId account, AccountBooks expected)
    {
        ProductId[] products =
        [
            .. expected.Items.Keys.Union(expected.Rereads.Keys).Union(expected.Changes.Values.Select(change => change.Product))
                .Union(expected.Orders.Orders.Values.SelectMany(order => order.Lines).Select(line => line.Sale.Product)),
            .. Enumerable.Range(1, 5).Select(product => new ProductId(product)),
        ];
        await using var session = await Store.Stock.OpenAsync(account);
        var (books, _, _) = await session.LoadAsync(
            new StockScope { AllOrders = true, Products = [.. products.Distinct()], SalesSince = DateTimeOffset.UnixEpoch });
        var fetches = await Store.Stock.ListFetchesAsync(account, 1000);
        return books with { Fetches = [.. fetches.Select(fetch => fetch.Order)] };
    }

    /// <summary>The store numbers changes by itself, and gives none back that no read can have to do with.</summary>
    private static IEnumerable<LocalChange> Open(AccountBooks books) => books.Changes.Values
        .Where(change => change.State is not (ChangeState.Failed or ChangeState.Superseded or ChangeState.LocalOnly))
        .Select(change => change with { Sequence = 0 })
        .OrderBy(change => change.Id);

    private static void Compare(AccountBooks held, AccountBooks expected, string place)
    {
        // Whether copies are divided as they should be, a snapshot leaves to the next step.
        held.Items.Values.Select(item => held.Judged(item with { Hold = item.Hold == HoldState.Due ? HoldState.Kept : item.Hold }))
            .OrderBy(item => item.Product.Value).ShouldBe(expected.Items.Values.OrderBy(item => item.Product.Value), place);
        held.Rereads.OrderBy(row => row.Key.Value).ShouldBe(expected.Rereads.OrderBy(row => row.Key.Value), place);
        Open(held).ShouldBe(Open(expected), place);
        held.Fetches.OrderBy(order => order.Value).ShouldBe(expected.Fetches.OrderBy(order => order.Value), place);
        held.OrdersKnownUntil.ShouldBe(expected.OrdersKnownUntil, place);
        held.Orders.Start.ShouldBe(expected.Orders.Start, place);
        LedgerLines.Of(held.Orders).OrderBy(row => row.Key.Item.Value).ThenBy(row => row.Key.Order.Value)
            .ShouldBe(LedgerLines.Of(expected.Orders).OrderBy(row => row.Key.Item.Value).ThenBy(row => row.Key.Order.Value), place);
        held.Orders.Orders.Values.Select(Facts).ShouldBe(expected.Orders.Orders.Values.Select(Facts), ignoreOrder: true, place);
    }

    private static string Describe(RehearsedStep step) => step switch
    {
        { Snapshot: { } snapshot } =>
            $"{snapshot.Verdict.Outcome} snapshot of {snapshot.Window.From:O} to {snapshot.Window.To:O}, {snapshot.Rows.Count} rows",
        { Forgettable.Count: > 0 } => $"{step.Forgettable.Count} orders looked at",
        { OrdersKnownUntil: { } until } => $"orders known until {until:O}",
        _ => $"order {step.Report?.Id}, products {string.Join(' ', step.Products)}, since {step.SalesSince:O}",
    };

    private static StockScope Scope(RehearsedStep step) => step.Report is { } report
        ? OrderScope.Of([report])
        : step.Forgettable.Count > 0
        ? new StockScope { Orders = step.Forgettable, ForgetsOrders = true }
        : new StockScope { Products = step.Products, SalesSince = step.SalesSince };

    private static (OrderId Id, OrderState State, OrderMoment Moment, OrderMoment LinesMoment, bool ViaZero, bool SawOpening) Facts(
        OrderRecord order) =>
        (order.Id, order.State, order.Moment, order.LinesMoment, order.ViaZero, order.SawOpening);
}
