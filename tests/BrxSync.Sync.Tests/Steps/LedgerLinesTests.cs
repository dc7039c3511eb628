using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock.Orders;
using static BrxSync.Sync.Tests.Steps.Known;

namespace BrxSync.Sync.Tests.Steps;

public sealed class LedgerLinesTests
{
    private static readonly DateTimeOffset Now = Noon.AddHours(1);

    private static OrderBook Book(params OrderReport[] reports) =>
        reports.Aggregate(OrderBook.Empty.StartAt(Noon), (book, report) => book.Apply(report, Now).Book);

    /// <summary>Gives (order, item, counted), by order and item.</summary>
    private static (long Order, long Item, int Counted)[] Lines(OrderBook book) =>
    [
        .. LedgerLines.Of(book).Select(line =>
        {
            line.Key.ShouldBe((line.Value.Order, line.Value.Line.Item));
            return (Order: line.Key.Order.Value, Item: line.Key.Item.Value, line.Value.Counted);
        }).OrderBy(line => (line.Order, line.Item)),
    ];

    [Fact]
    public void Of_NoOrders_HasNoLines() => Lines(Book()).ShouldBeEmpty();

    [Fact]
    public void Of_PaidOrder_CountsEveryItem() =>
        Lines(Book(Report(1, OrderState.Paid, 20, false, Item(11, 5, 2), Item(12, 6, 3)))).ShouldBe([(1, 11, 2), (1, 12, 3)]);

    [Theory]
    [InlineData((int)OrderState.Pending)]
    [InlineData((int)OrderState.Canceled)]
    public void Of_OrderThatDoesNotCount_ListsItsItems(int state) =>
        Lines(Book(Report(1, (OrderState)state, 20, false, Item(11, 5, 2)))).ShouldBe([(1, 11, 0)]);

    [Fact]
    public void Of_ItemTakenOut_DoesNotCount() =>
        Lines(Book(Report(1, OrderState.Paid, 20, false, Item(11, 5, 3) with { IsDeleted = true }, Item(12, 5, 2))))
            .ShouldBe([(1, 11, 0), (1, 12, 2)]);

    [Fact]
    public void Of_PartOfASaleOfTwoMoments_CountsTheItemThatWasSoldThen()
    {
        var book = Book(
            Report(2, OrderState.HubPending, 40, true, Item(11, 5, 2, soldAt: 30), Item(12, 5, 3, soldAt: 10)),
            Report(1, OrderState.Paid, 50, true, Item(21, 5, 4, source: 2)));

        Lines(book).ShouldBe([(1, 21, 0), (2, 11, 1), (2, 12, 3)]);
    }

    [Fact]
    public void Of_SaleOfOneMomentInTwoItems_IsSpreadOverBoth() =>
        Lines(Book(Report(1, OrderState.Paid, 40, false, Item(12, 5, 3), Item(11, 5, 2)))).ShouldBe([(1, 11, 2), (1, 12, 3)]);

    [Fact]
    public void Of_WeeklyOrderThatRepeatsASale_CountsItOnItsSource()
    {
        var book = Book(
            Report(2, OrderState.HubPending, 20, true, Item(11, 5, 2)),
            Report(2, OrderState.Closed, 30, true, Item(11, 5, 2)),
            Report(1, OrderState.Paid, 30, true, Item(21, 5, 2, source: 2)));

        Lines(book).ShouldBe([(1, 21, 0), (2, 11, 2)]);
    }

    [Fact]
    public void Of_WeeklyOrderWithFewerCopies_CountsNoMoreThanThose()
    {
        var book = Book(
            Report(2, OrderState.HubPending, 20, true, Item(11, 5, 2), Item(12, 5, 2)),
            Report(1, OrderState.Paid, 30, true, Item(21, 5, 3, source: 2)));

        Lines(book).ShouldBe([(1, 21, 0), (2, 11, 2), (2, 12, 1)]);
    }

    [Fact]
    public void Of_WeeklyOrderWithMoreCopies_CountsTheRestOnIt()
    {
        var book = Book(
            Report(2, OrderState.HubPending, 20, true, Item(11, 5, 2)),
            Report(1, OrderState.Paid, 30, true, Item(21, 5, 3, source: 2)));

        Lines(book).ShouldBe([(1, 21, 1), (2, 11, 2)]);
    }

    [Fact]
    public void Of_RandomOrders_SpreadsAllThatCountsAndNoItemBeyondItsCopies()
    {
        var random = new Random(20261130);
        for (var run = 0; run < 50; run++)
        {
            var book = Book([.. Enumerable.Range(0, 12).Select(second => RandomReport(random, second))]);
            var lines = LedgerLines.Of(book).Values;

            lines.ShouldAllBe(line => line.Counted >= 0 && line.Counted <= line.Line.Quantity);
            lines.Count.ShouldBe(book.Orders.Values.Sum(order => order.Lines.Length));
            foreach (var (sale, parts) in book.Ledger)
            {
                lines.Where(line => line.Line.Sale == sale).Sum(line => line.Counted)
                    .ShouldBe(parts.Sum(part => part.Quantity), $"run {run}");
            }

            lines.Sum(line => line.Counted).ShouldBe(book.Ledger.Values.Sum(parts => parts.Sum(part => part.Quantity)), $"run {run}");
        }
    }

    private static OrderReport RandomReport(Random random, int second)
    {
        var order = random.Next(1, 5);
        var state = (OrderState)random.Next((int)OrderState.Pending, (int)OrderState.Destroyed);
        return Report(order, state, second + 20, zero: order <= 3, [.. Enumerable.Range(0, random.Next(1, 4)).Select(RandomItem)]);

        OrderItem RandomItem(int item)
        {
            long? source = order == 1 && random.Next(2) == 0 ? random.Next(2, 5) : null;
            return Item((order * 10) + item, random.Next(5, 7), random.Next(1, 4), random.Next(0, 3), source) with
            {
                IsDeleted = random.Next(5) == 0,
            };
        }
    }
}
