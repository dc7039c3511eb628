using BrxSync.Client;
using BrxSync.Sync.Stock;

namespace BrxSync.Properties.Tests.Stock;

/// <summary>What the books do beyond the single rules.</summary>
public sealed class BooksTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly ProductId Product = new(1);
    private static readonly Dictionary<ProductId, DateTimeOffset> Nothing = [];

    [Fact]
    public void Apply_TwoRequestsForAReadOutOfOrder_KeepsTheLater()
    {
        var books = Stocked(5).Apply(Cancelled(1000), Start.AddHours(3)).Apply(Cancelled(1001), Start.AddHours(2));

        books.Rereads[Product].ShouldBeGreaterThan(Start.AddHours(3), "a read that was begun when the first was known has not seen what the second asked for");
    }

    [Fact]
    public void ApplyReread_ProductWithoutAnItem_IsLeftToTheNextSnapshot()
    {
        var window = SnapshotWindow.Around(Start.AddHours(1), Start.AddHours(1));

        var books = Stocked(5).ApplyReread(window, [Product], new Dictionary<ProductId, int> { [Product] = 4, [new(2)] = 7 }, Nothing, Start.AddHours(2));

        books.Items.Keys.ShouldBe([Product]);
        books.Items[Product].Quantity.ShouldBe(4);
    }

    private static Books Stocked(int quantity) => Books.Empty.ApplySnapshot(
        SnapshotWindow.Around(Start, Start),
        new Dictionary<ProductId, int> { [Product] = quantity },
        new SnapshotVerdict(SnapshotOutcome.Applied, [], FallConsent.None, "EUR"),
        Nothing,
        Start.AddSeconds(1));

    private static OrderReport Cancelled(long order) => new()
    {
        Id = new OrderId(order),
        State = OrderState.Canceled,
        Moment = OrderMoment.OfWebhook(Start.AddHours(1)),
        ViaZero = false,
        Size = 1,
        Items = [new OrderItem { Id = new OrderItemId(order * 10), Product = Product, Quantity = 1, CreatedAt = Start.AddMinutes(30) }],
    };
}
