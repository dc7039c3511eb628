using System.Collections.Immutable;
using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;
using static BrxSync.Sync.Tests.Steps.Known;

namespace BrxSync.Sync.Tests.Steps;

/// <summary>What is written is the difference between the books after a step and those before it, and nothing else.</summary>
public sealed class StockStepTests
{
    private static readonly DateTimeOffset Now = Noon.AddHours(1);
    private static readonly ProductId Product = new(5);
    private static readonly OrderReport Paid = Report(1, OrderState.Paid, 20, false, Item(11, 5, 2));

    private static void ShouldBeNothingBut(StockWrites writes, params string[] names)
    {
        var lists = typeof(StockWrites).GetProperties().ToDictionary(
            list => list.Name,
            list => list.GetValue(writes) switch
            {
                bool flag => flag ? 1 : 0,
                System.Collections.IEnumerable rows => rows.Cast<object>().Count(),
                var one => one is null ? 0 : 1,
            });
        lists.Where(list => list.Value > 0).Select(list => list.Key).Order().ShouldBe(names.Order());
    }

    [Fact]
    public void Writes_WithoutARule_IsNothing() => ShouldBeNothingBut(new StockStep(Shelf((5, 5)), Now).Writes());

    [Fact]
    public void Writes_NewSale_IsTheOrderItsLedgerTheItemAndTheJournal()
    {
        var step = new StockStep(Shelf((5, 5), (6, 6)), Now);

        step.Apply(books => books.Apply(Paid, Now), "delivery");

        var writes = step.Writes();
        ShouldBeNothingBut(writes, "NewOrders", "NewLedger", "Items", "Journal");
        writes.NewOrders.ShouldHaveSingleItem().Id.Value.ShouldBe(1);
        writes.NewLedger.ShouldHaveSingleItem().Counted.ShouldBe(2);
        var item = writes.Items.ShouldHaveSingleItem();
        (item.Product, item.Quantity).ShouldBe((Product, 3));
        writes.Journal.ShouldHaveSingleItem().ShouldBe(new JournalLine(Product, JournalCauses.Sale, "delivery", 5, 3, 0));
    }

    [Fact]
    public void Writes_SameReportAgain_IsNothing()
    {
        var step = new StockStep(Shelf((5, 5)).Apply(Paid, Now), Now);

        step.Apply(books => books.Apply(Paid, Now), "again");

        ShouldBeNothingBut(step.Writes());
    }

    [Fact]
    public void Writes_KnownOrderInALaterState_IsTheOrderAlone()
    {
        var step = new StockStep(Shelf((5, 5)).Apply(Paid, Now), Now);

        step.Apply(books => books.Apply(Report(1, OrderState.Sent, 30, false, Item(11, 5, 2)), Now), "later");

        var writes = step.Writes();
        ShouldBeNothingBut(writes, "Orders");
        writes.Orders.ShouldHaveSingleItem().State.ShouldBe(OrderState.Sent);
    }

    [Fact]
    public void Writes_KnownOrderThatIsCanceled_ChangesItsLedgerAndAsksForARead()
    {
        var step = new StockStep(Shelf((5, 5)).Apply(Paid, Now), Now);

        step.Apply(books => books.Apply(Report(1, OrderState.Canceled, 30, false, Item(11, 5, 2)), Now), "cancel");

        var writes = step.Writes();
        ShouldBeNothingBut(writes, "Orders", "Ledger", "Rereads");
        writes.Ledger.ShouldHaveSingleItem().Counted.ShouldBe(0);
        writes.Rereads.ShouldHaveSingleItem().ShouldBe(new RereadRequest(Product, null, Now));
    }

    [Fact]
    public void Writes_SaleAndItsEndInOneStep_IsWhatIsLeftOfBothAndTheWholeJournal()
    {
        var step = new StockStep(Shelf((5, 5)), Now);

        step.Apply(books => books.Apply(Paid, Now), "sale");
        step.Apply(books => books.Apply(Report(1, OrderState.Canceled, 30, false, Item(11, 5, 2)), Now), "cancel");
        step.Apply(books => books.Apply(Report(2, OrderState.Paid, 40, false, Item(12, 5, 1)), Now), "second");

        var writes = step.Writes();
        writes.NewOrders.Select(order => (order.Id.Value, order.State)).OrderBy(order => order.Value)
            .ShouldBe([(1, OrderState.Canceled), (2, OrderState.Paid)]);
        writes.NewLedger.Select(line => (line.Order.Value, line.Counted)).OrderBy(line => line.Value).ShouldBe([(1, 0), (2, 1)]);
        (writes.Orders.Count, writes.Ledger.Count).ShouldBe((0, 0));
        writes.Items.ShouldHaveSingleItem().Quantity.ShouldBe(2);
        writes.Journal.Select(line => (line.SourceId, line.Before, line.After)).ShouldBe([("sale", 5, 3), ("second", 3, 2)]);
    }

    [Fact]
    public void Writes_LineThatIsNoLongerListed_IsDropped()
    {
        var before = Shelf((5, 5)).Apply(Report(1, OrderState.Paid, 20, false, Item(11, 5, 2), Item(12, 6, 1)), Now);
        var record = before.Orders.Orders[new OrderId(1)];
        var step = new StockStep(before, Now);

        step.Apply(books => books with { Orders = OrderBook.Of(Noon, [record with { Lines = record.Lines[..1] }]) }, "merge");

        var writes = step.Writes();
        ShouldBeNothingBut(writes, "DroppedLines");
        writes.DroppedLines.ShouldHaveSingleItem().Line.Item.Value.ShouldBe(12);
    }

    [Fact]
    public void Apply_EachCause_IsNamedInTheJournal()
    {
        var step = new StockStep(Shelf((5, 5)), Now);
        QuantityChange[] entries =
        [
            new(Product, JournalCause.Sale, 5, 4, 0),
            new(Product, JournalCause.Read, 4, 9, 0),
            new(Product, JournalCause.Absence, 9, 0, 0),
            new(Product, JournalCause.Edit, 0, 3, 0),
            new(Product, JournalCause.Sale, 3, 0, 2),
            new(Product, JournalCause.Read, 0, 0, 1),
        ];

        step.Apply(books => books with { Journal = books.Journal.AddRange(entries) }, "a", "read", "absence");
        step.Apply(books => books with { Journal = books.Journal.AddRange(entries[1..3]) }, "b");

        step.Writes().Journal.Select(line => (line.Cause, line.SourceId, line.Before, line.After, line.Oversold)).ShouldBe(
        [
            (JournalCauses.Sale, "a", 5, 4, 0),
            ("read", "a", 4, 9, 0),
            ("absence", "a", 9, 0, 0),
            (JournalCauses.Edit, "a", 0, 3, 0),
            (JournalCauses.Oversell, "a", 3, 0, 2),
            (JournalCauses.Oversell, "a", 0, 0, 1),
            (JournalCauses.Reread, "b", 4, 9, 0),
            (JournalCauses.Reread, "b", 9, 0, 0),
        ]);
    }

    [Fact]
    public void Apply_JournalThatWasLoaded_IsNotWrittenAgain()
    {
        var before = Shelf((5, 5)).Apply(Paid, Now);
        before.Journal.ShouldNotBeEmpty();
        var step = new StockStep(before, Now);

        step.Apply(books => books, "nothing");

        step.Writes().Journal.ShouldBeEmpty();
    }

    [Fact]
    public void Writes_Rereads_AreThoseAskedNewlyOrAgainAndThoseMet()
    {
        var (same, again, met, asked) = (new ProductId(1), new ProductId(2), new ProductId(3), new ProductId(4));
        var before = Shelf() with
        {
            Rereads = ImmutableDictionary<ProductId, DateTimeOffset>.Empty.Add(same, Noon).Add(again, Noon).Add(met, Noon),
            RereadBlueprints = [new BlueprintId(1)],
        };
        var step = new StockStep(before, Now);

        step.Apply(
            books => books with
            {
                Rereads = books.Rereads.SetItem(again, Now).Remove(met).Add(asked, Now.AddSeconds(1)),
                RereadBlueprints = books.RereadBlueprints.Add(new BlueprintId(2)),
            },
            "x");

        var writes = step.Writes();
        ShouldBeNothingBut(writes, "Rereads", "MetRereads");
        writes.Rereads.ShouldBe(
            [new(again, null, Now), new(asked, null, Now.AddSeconds(1)), new(null, new BlueprintId(2), Now)], ignoreOrder: true);
        writes.MetRereads.ShouldBe([new(met, null, Noon)]);
    }

    [Fact]
    public void Writes_FetchesAndNotices_AreTheNewOnes()
    {
        var old = new OrderNotice(new OrderId(1), OrderNoticeKind.UnknownState);
        var added = new OrderNotice(new OrderId(1), OrderNoticeKind.SizeMismatch);
        var step = new StockStep(Shelf() with { Fetches = [new OrderId(1)], Notices = [old] }, Now);

        step.Apply(books => books with { Fetches = [new OrderId(1), new OrderId(2)], Notices = [old, added] }, "x");

        var writes = step.Writes();
        ShouldBeNothingBut(writes, "Fetches", "Notices");
        writes.Fetches.ShouldBe([new OrderId(2)]);
        writes.Notices.ShouldBe([added]);
    }

    [Fact]
    public void Writes_Changes_AreThoseThatMovedOnAndThoseForgotten()
    {
        var (same, moved, gone, added) = (Change(1), Change(2), Change(3), Change(4));
        var step = new StockStep(Shelf() with { Changes = Of(same, moved, gone) }, Now);

        step.Apply(
            books => books with
            {
                Changes = Of(same with { }, moved with { State = ChangeState.Sent }, added), Forgotten = Of(gone),
            },
            "x");

        var writes = step.Writes();
        ShouldBeNothingBut(writes, "Changes", "ForgottenChanges");
        writes.Changes.Select(change => (change.Id, change.State)).ShouldBe(
            [(moved.Id, ChangeState.Sent), (added.Id, ChangeState.Waiting)], ignoreOrder: true);
        writes.ForgottenChanges.ShouldHaveSingleItem().Id.ShouldBe(gone.Id);

        static LocalChange Change(byte id) =>
            new() { Id = new Guid(id, 0, 0, new byte[8]), Product = Product, Kind = ChangeKind.Adjust, State = ChangeState.Waiting };

        static ImmutableDictionary<Guid, LocalChange> Of(params LocalChange[] changes) =>
            changes.ToImmutableDictionary(change => change.Id);
    }

    [Fact]
    public void Writes_ItemThatIsTheSameAgain_IsNotWritten()
    {
        var step = new StockStep(Shelf((5, 5), (6, 6)), Now);

        var other = step.Books.Items[new(6)] with { Presence = Presence.SoldOut };
        step.Apply(books => books with { Items = books.Items.SetItem(Product, books.Items[Product] with { }) }, "same");
        step.Apply(books => books with { Items = books.Items.SetItem(other.Product, other) }, "other");

        step.Writes().Items.ShouldHaveSingleItem().Product.Value.ShouldBe(6);
    }

    [Fact]
    public void Step_New_TellsWhatItWasGiven()
    {
        var before = Shelf((5, 5));
        var step = new StockStep(before, Now) { AppliedDeliveries = ImmutableHashSet.Create("a") };

        step.Books.ShouldBeSameAs(before);
        (step.Now.Now, step.AppliedDeliveries.Count).ShouldBe((Now, 1));
        new StockStep(before, Now).AppliedDeliveries.ShouldBeEmpty();
    }
}
