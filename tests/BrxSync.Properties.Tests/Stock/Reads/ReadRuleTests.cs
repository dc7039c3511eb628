using BrxSync.Client;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;
using BrxSync.Sync.Stock.Reads;

namespace BrxSync.Properties.Tests.Stock.Reads;

public sealed class ReadRuleTests
{
    private static readonly ProductId Product = new(7);
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly SnapshotWindow Window = new(Noon, Noon.AddSeconds(10));

    [Theory]
    [InlineData(-60, 5, false)] // before the window: the answer has it
    [InlineData(5, 3, true)] // inside: it may have it
    [InlineData(60, 3, false)] // after: it cannot have it
    public void Present_CountedSale_IsTakenOffUnlessTheAnswerHasIt(int second, int quantity, bool reread)
    {
        var outcome = ReadRule.Present(Product, null, new Reading(Window, 5), [Sold(second, 2)], [], []);

        outcome.Item.Quantity.ShouldBe(quantity);
        outcome.Reread.ShouldBe(reread);
    }

    [Theory]
    [InlineData("waiting", 3, false)]
    [InlineData("sent before", 3, true)]
    [InlineData("sent after", 3, false)]
    [InlineData("acknowledged before", 5, false)]
    [InlineData("acknowledged inside", 3, true)]
    [InlineData("failed", 5, false)]
    public void Present_LocalDecrement_IsTakenOffUntilItsAcknowledgementIsOlderThanTheRead(string state, int quantity, bool reread)
    {
        var outcome = ReadRule.Present(
            Product, null, new Reading(Window, 5), [], [], [Change(state, ChangeKind.Adjust) with { Delta = -2 }]);

        outcome.Item.Quantity.ShouldBe(quantity);
        outcome.Reread.ShouldBe(reread);
    }

    [Theory]
    [InlineData("waiting", 7, false)]
    [InlineData("acknowledged inside", 5, true)] // what may be in the answer already is not added again
    [InlineData("acknowledged before", 5, false)]
    public void Present_LocalIncrement_IsAddedOnlyWhenTheAnswerCannotHaveIt(string state, int quantity, bool reread)
    {
        var outcome = ReadRule.Present(
            Product, null, new Reading(Window, 5), [], [], [Change(state, ChangeKind.Adjust) with { Delta = 2 }]);

        outcome.Item.Quantity.ShouldBe(quantity);
        outcome.Reread.ShouldBe(reread);
    }

    [Theory]
    [InlineData("waiting", true, false)]
    [InlineData("acknowledged inside", true, true)]
    [InlineData("acknowledged before", false, false)]
    [InlineData("failed", false, false)]
    public void Present_LocalFieldChange_KeepsTheLocalValueUntilTheReadHasIt(string state, bool keeps, bool reread)
    {
        var change = Change(state, ChangeKind.SetFields) with { Fields = ItemFields.Price | ItemFields.Tag };
        var outcome = ReadRule.Present(Product, null, new Reading(Window, 5), [], [], [change]);

        outcome.KeptFields.ShouldBe(keeps ? ItemFields.Price | ItemFields.Tag : ItemFields.None);
        outcome.Reread.ShouldBe(reread);
        outcome.Item.Quantity.ShouldBe(5);
    }

    [Fact]
    public void Present_ChangedLocallySinceTheReadBegan_IsNotRaised()
    {
        var item = new StockItem { Product = Product, Quantity = 1, ChangedLocallyAt = Noon.AddSeconds(3) };

        var outcome = ReadRule.Present(Product, item, new Reading(Window, 5), [], [], []);

        outcome.Item.Quantity.ShouldBe(1);
        outcome.Reread.ShouldBeTrue();
    }

    [Fact]
    public void Present_ChangedLocallyBeforeTheReadBegan_IsRaised()
    {
        var item = new StockItem { Product = Product, Quantity = 1, ChangedLocallyAt = Noon.AddSeconds(-3) };

        ReadRule.Present(Product, item, new Reading(Window, 5), [], [], []).Item.Quantity.ShouldBe(5);
    }

    [Fact]
    public void Present_DeletedHereAndNotYetThere_StaysAtZero()
    {
        var outcome = ReadRule.Present(Product, null, new Reading(Window, 5), [], [], [Change("waiting", ChangeKind.Delete)]);

        outcome.Item.Quantity.ShouldBe(0);
        outcome.Oversold.ShouldBe(0);
    }

    [Fact]
    public void Present_MoreSoldSinceThanThereIs_IsAnOversell()
    {
        var outcome = ReadRule.Present(
            Product, null, new Reading(Window, 1), [Sold(60, 1)], [], [Change("waiting", ChangeKind.Adjust) with { Delta = -1 }]);

        outcome.Item.Quantity.ShouldBe(0);
        outcome.Oversold.ShouldBe(1);
    }

    [Fact]
    public void Absent_SoldHereAndGoneThere_IsAnOversell()
    {
        var item = new StockItem { Product = Product, Quantity = 1 };

        var outcome = ReadRule.AbsentFromReread(item, Window, [], [], [Change("waiting", ChangeKind.Adjust) with { Delta = -2 }]);

        outcome.Item.Quantity.ShouldBe(0);
        outcome.Item.Presence.ShouldBe(Presence.SoldOut);
        outcome.Oversold.ShouldBe(2);
    }

    [Fact]
    public void Absent_CreatedHereSinceTheReadBegan_ChangesNothing()
    {
        var item = new StockItem { Product = Product, Quantity = 4, ChangedLocallyAt = Noon.AddSeconds(1) };

        var outcome = ReadRule.AbsentFromSnapshot(item, Window, [], [], []);

        outcome.IsOutdated.ShouldBeTrue();
        outcome.Item.ShouldBe(item);
    }

    [Fact]
    public void Absent_SameSnapshotAppliedAgain_CountsOnce()
    {
        var item = new StockItem { Product = Product, Quantity = 4 };
        var once = ReadRule.AbsentFromSnapshot(item, Window, [], [], []).Item;

        ReadRule.AbsentFromSnapshot(once, Window, [], [], []).Item.ShouldBe(once);
        once.Presence.MissingCount.ShouldBe(1);
    }

    [Fact]
    public void Present_ReadOlderThanTheLast_ChangesNothingAndAsksWhenTheyOverlap()
    {
        var newer = new StockItem
        {
            Product = Product, Quantity = 2, LastRead = new Reading(new SnapshotWindow(Noon.AddSeconds(5), Noon.AddSeconds(6)), 2),
        };
        var apart = newer with { LastRead = new Reading(new SnapshotWindow(Noon.AddSeconds(50), Noon.AddSeconds(60)), 2) };

        var overlapping = ReadRule.Present(Product, newer, new Reading(Window, 5), [], [], []);
        overlapping.Item.ShouldBe(newer);
        overlapping.Reread.ShouldBeTrue();
        ReadRule.Present(Product, apart, new Reading(Window, 5), [], [], []).Reread.ShouldBeFalse();
    }

    [Fact]
    public void Present_ReadCertainlyOlderThanTheLast_ChangesNothing()
    {
        var item = LastRead(2, 50, 60);

        ReadRule.Present(Product, item, new Reading(Window, 1), [], [], []).ShouldBe(new ReadOutcome(item) { IsOutdated = true });
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(2, 2, false)]
    [InlineData(5, 2, true)]
    public void Present_OverlapsTheLastReadAndBeganEarlier_LeavesTheSmallerNumberUntilAThirdRead(int read, int quantity, bool reread)
    {
        var item = LastRead(2, 5, 15);

        ReadRule.Present(Product, item, new Reading(Window, read), [], [], [])
            .ShouldBe(new ReadOutcome(item with { Quantity = quantity }) { IsOutdated = true, Reread = reread });
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(2, 2, false)]
    [InlineData(5, 2, true)]
    public void Present_OverlapsTheLastReadAndBeganLater_LeavesTheSmallerNumberUntilAThirdRead(int read, int quantity, bool reread)
    {
        var outcome = ReadRule.Present(Product, LastRead(2, -5, 5), new Reading(Window, read), [], [], []);

        outcome.ShouldBe(new ReadOutcome(
            new StockItem { Product = Product, Quantity = quantity, LastRead = new Reading(Window, read) }) { Reread = reread });
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(-5, false)]
    public void Absent_OverlapsTheLastRead_IsAtZeroUntilAThirdRead(int lastFrom, bool outdated)
    {
        var outcome = ReadRule.AbsentFromReread(LastRead(2, lastFrom, lastFrom + 10), Window, [], [], []);

        outcome.Item.Quantity.ShouldBe(0);
        outcome.Reread.ShouldBeTrue();
        outcome.IsOutdated.ShouldBe(outdated);
    }

    [Theory]
    [InlineData(-60, 5, false)]
    [InlineData(5, 3, true)]
    [InlineData(60, 3, true)]
    public void Present_SaleThatIsOver_IsTakenOffUntilAReadIsYoungerThanTheSale(int second, int quantity, bool reread)
    {
        var outcome = ReadRule.Present(Product, null, new Reading(Window, 5), [], [Sold(second, 2)], []);

        outcome.Item.Quantity.ShouldBe(quantity);
        outcome.Reread.ShouldBe(reread);
        outcome.Oversold.ShouldBe(0);
    }

    private static StockItem LastRead(int quantity, int from, int to) =>
        new()
        {
            Product = Product,
            Quantity = quantity,
            LastRead = new Reading(new SnapshotWindow(Noon.AddSeconds(from), Noon.AddSeconds(to)), quantity),
        };

    private static SalePart Sold(int second, int quantity) => new(new SaleTime(Noon.AddSeconds(second), true), quantity);

    private static LocalChange Change(string state, ChangeKind kind)
    {
        var change = new LocalChange { Id = Guid.Empty, Product = Product, Kind = kind };
        return state switch
        {
            "sent before" => change with { State = ChangeState.Sent, SentAt = Noon.AddSeconds(-60) },
            "sent after" => change with { State = ChangeState.Sent, SentAt = Noon.AddSeconds(60) },
            "acknowledged before" =>
                change with { State = ChangeState.Acknowledged, SentAt = Noon.AddSeconds(-60), AnsweredAt = Noon.AddSeconds(-50) },
            "acknowledged inside" =>
                change with { State = ChangeState.Acknowledged, SentAt = Noon.AddSeconds(-60), AnsweredAt = Noon.AddSeconds(2) },
            "failed" => change with { State = ChangeState.Failed, SentAt = Noon.AddSeconds(-60), AnsweredAt = Noon.AddSeconds(2) },
            _ => change,
        };
    }
}
