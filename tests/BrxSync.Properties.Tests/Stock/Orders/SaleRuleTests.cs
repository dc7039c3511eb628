using System.Collections.Immutable;
using BrxSync.Client;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Properties.Tests.Stock.Orders;

public sealed class SaleRuleTests
{
    private static readonly ProductId Product = new(7);
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Evening = Noon.AddHours(8);
    private static readonly StockItem Item = new()
    {
        Product = Product, Quantity = 5, LastRead = new Reading(new SnapshotWindow(Noon, Noon.AddSeconds(10)), 5),
    };

    [Theory]
    [InlineData(-60, 5, false)] // before the window: the answer has it
    [InlineData(5, 3, true)] // inside: it may have it
    [InlineData(60, 3, false)] // after: it cannot have it
    public void Apply_NewSale_IsTakenOffUnlessTheLastReadHasIt(int second, int quantity, bool reread) =>
        SaleRule.Apply(Item, [Counts(Sold(second, 2))], Evening).ShouldBe(new StockEffect(Item with { Quantity = quantity }, 0, reread));

    [Fact]
    public void Apply_SaleOfWhichOnlyABoundIsKnown_MayBeInTheLastRead()
    {
        var effect = SaleRule.Apply(Item, [Counts(new SalePart(new SaleTime(Noon.AddSeconds(60), false), 2))], Evening);

        effect.Item.Quantity.ShouldBe(3);
        effect.Reread.ShouldBeTrue();
    }

    [Fact]
    public void Apply_ItemThatWasNeverRead_IsLoweredAndReadAgain()
    {
        var effect = SaleRule.Apply(Item with { LastRead = null }, [Counts(Sold(60, 2))], Evening);

        effect.Item.Quantity.ShouldBe(3);
        effect.Reread.ShouldBeTrue();
    }

    [Fact]
    public void Apply_ReadThatMayBeStillToCome_ProvesNoSaleToBeOlder()
    {
        var effect = SaleRule.Apply(Item, [Counts(Sold(-60, 2))], new Present(Evening, Noon.AddSeconds(-1), Evening));

        effect.Item.Quantity.ShouldBe(3);
        effect.Reread.ShouldBeTrue();
    }

    [Fact]
    public void Apply_SaleThatSeemsStillToCome_MayBeInTheLastRead()
    {
        var effect = SaleRule.Apply(Item, [Counts(Sold(7200, 6))], Noon.AddHours(1));

        effect.Item.Quantity.ShouldBe(0);
        effect.Oversold.ShouldBe(0, "the time of the sale proves nothing");
        effect.Reread.ShouldBeTrue();
    }

    [Fact]
    public void Apply_MoreSoldThanThereIs_IsAnOversell()
    {
        var effect = SaleRule.Apply(Item, [Counts(Sold(60, 6))], Evening);

        effect.Item.Quantity.ShouldBe(0);
        effect.Item.Presence.ShouldBe(Presence.SoldOut);
        effect.Oversold.ShouldBe(1);
    }

    [Fact]
    public void Apply_SaleStopsCounting_RaisesNothingAndIsReadAgain() =>
        SaleRule.Apply(Item, [Changed([Sold(60, 2)], [])], Evening).ShouldBe(new StockEffect(Item, 0, true));

    [Fact]
    public void Apply_SaleMovesInTime_TakesNothingMore() =>
        SaleRule.Apply(Item, [Changed([Sold(60, 2)], [Sold(90, 2)])], Evening).Item.ShouldBe(Item);

    [Theory]
    [InlineData(-60, 5)]
    [InlineData(5, 3)]
    [InlineData(60, 3)]
    public void Apply_LateNewsOfASaleThatIsOver_IsTakenOffUnlessTheLastReadHasIt(int second, int quantity) =>
        SaleRule.Apply(Item, Doubt(120) with { Sold = [Sold(second, 2)] }, Evening).Quantity.ShouldBe(quantity);

    [Theory]
    [InlineData(-60, false)]
    [InlineData(5, true)]
    [InlineData(60, true)]
    public void NeedsReread_Doubt_UnlessItWasReadSince(int second, bool needs) =>
        SaleRule.NeedsReread(Item, Doubt(second), Evening).ShouldBe(needs);

    [Fact]
    public void NeedsReread_ReadThatMayBeStillToCome_HasSeenNothing() =>
        SaleRule.NeedsReread(Item, Doubt(-60), new Present(Evening, Noon.AddSeconds(-1), Evening)).ShouldBeTrue();

    [Fact]
    public void NeedsReread_NeverReadOrNoItem_IsRead()
    {
        SaleRule.NeedsReread(Item with { LastRead = null }, Doubt(-60), Evening).ShouldBeTrue();
        SaleRule.NeedsReread(null, Doubt(-60), Evening).ShouldBeTrue();
    }

    [Fact]
    public void Shrinks_CopiesThatMovedInTime_StillCount()
    {
        Changed([Sold(60, 2)], [Sold(90, 2)]).Shrinks.ShouldBeFalse();
        Changed([Sold(60, 2)], [Sold(60, 1)]).Shrinks.ShouldBeTrue();
    }

    private static SaleDoubt Doubt(int second) => new(Product, OrderMoment.OfWebhook(Noon.AddSeconds(second)));

    private static SalePart Sold(int second, int quantity) => new(new SaleTime(Noon.AddSeconds(second), true), quantity);

    private static SaleChange Counts(SalePart part) => Changed([], [part]);

    private static SaleChange Changed(ImmutableArray<SalePart> before, ImmutableArray<SalePart> after) =>
        new(new SaleKey(new OrderId(1), Product), before, after);
}
