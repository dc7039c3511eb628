using BrxSync.Client;
using BrxSync.Sync.Stock;

namespace BrxSync.Properties.Tests.Stock;

public sealed class OrderBookTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly OrderBook Begun = OrderBook.Empty.StartAt(Noon);

    [Theory]
    [InlineData("hub_pending", true, true)]
    [InlineData("closed", true, true)]
    [InlineData("paid", false, true)]
    [InlineData("sent", false, true)]
    [InlineData("arrived", false, true)]
    [InlineData("done", false, true)]
    [InlineData("paid", true, false)] // a weekly order without its sources
    [InlineData("pending", false, false)]
    [InlineData("request_for_cancel", false, false)]
    [InlineData("lost", false, false)]
    [InlineData("canceled", false, false)]
    [InlineData("cancelled", true, false)]
    [InlineData("under_review", false, false)]
    public void Apply_FirstSightOfANewSale_CountsByItsState(string state, bool zero, bool counts)
    {
        var outcome = Begun.Apply(Report(1, state, zero, 10));

        outcome.Book.CountedOf(new ProductId(5)).Sum(part => part.Quantity).ShouldBe(counts ? 2 : 0);
    }

    [Theory]
    [InlineData("paid", false, true)]
    [InlineData("hub_pending", true, true)]
    [InlineData("sent", false, false)]
    [InlineData("closed", true, false)]
    public void Apply_SaleOlderThanTheBooks_CountsOnlyInItsFirstState(string state, bool zero, bool counts) =>
        Begun.Apply(Report(1, state, zero, -10)).Book.CountedOf(new ProductId(5)).Any().ShouldBe(counts);

    [Theory]
    [InlineData("request_for_cancel")]
    [InlineData("lost")]
    [InlineData("under_review")]
    public void Apply_StateThatDecidesNothing_LeavesACountedSaleAlone(string state)
    {
        var book = Begun.Apply(Report(1, "paid", false, 10)).Book;

        var outcome = book.Apply(Report(1, state, false, 10, second: 60));

        outcome.Disposition.ShouldBe(OrderDisposition.NothingToDo);
        outcome.Book.CountedOf(new ProductId(5)).ShouldHaveSingleItem();
        outcome.Notices.Length.ShouldBe(state == "under_review" ? 1 : 0);
    }

    [Fact]
    public void Apply_PaidAfterCanceledWithinTheSameSecond_StaysCanceled()
    {
        var book = Begun.Apply(Report(1, "canceled", false, 10)).Book;

        var outcome = book.Apply(Report(1, "paid", false, 10));

        outcome.Disposition.ShouldBe(OrderDisposition.Outdated);
        outcome.Book.CountedOf(new ProductId(5)).ShouldBeEmpty();
    }

    [Fact]
    public void Apply_AnythingAfterDestroyed_StaysDestroyed()
    {
        var destroyed = OrderReport.Destroyed(new OrderId(1), OrderMoment.OfWebhook(Noon.AddSeconds(20)));
        var book = Begun.Apply(Report(1, "paid", false, 10)).Book.Apply(destroyed).Book;

        book.Apply(Report(1, "done", false, 10, second: 600)).Book.CountedOf(new ProductId(5)).ShouldBeEmpty();
    }

    [Fact]
    public void Apply_WeeklyOrderOfAnUnknownSource_FetchesTheSourceAndCountsNothing()
    {
        var outcome = Begun.Apply(Report(9, "paid", true, 10, source: 1));

        outcome.Fetch.ShouldBe([new OrderId(1)]);
        outcome.Book.Ledger.ShouldBeEmpty();
    }

    [Fact]
    public void Apply_SourceFetchedAfterItsWeeklyOrder_CountsAtTheTimeOfTheSource()
    {
        var weekly = Begun.Apply(Report(9, "paid", true, 600_000, source: 1)).Book;

        var outcome = weekly.Apply(Report(1, "closed", true, 10) with { IsDetail = true });

        outcome.Changes.ShouldHaveSingleItem().After.ShouldBe([new SalePart(new SaleTime(Noon.AddSeconds(10), true), 2)]);
    }

    [Fact]
    public void Apply_SourceAndWeeklyOrder_CountOnce()
    {
        var book = Begun.Apply(Report(1, "hub_pending", true, 10)).Book
            .Apply(Report(9, "paid", true, 10, source: 1, second: 100)).Book
            .Apply(Report(1, "closed", true, 10, second: 100)).Book;

        book.CountedOf(new ProductId(5)).Sum(part => part.Quantity).ShouldBe(2);
        book.Ledger.Keys.ShouldHaveSingleItem().Source.ShouldBe(new OrderId(1));
    }

    [Fact]
    public void Apply_WeeklyOrderCanceled_StopsCountingWhateverTheSourceSays()
    {
        var book = Begun.Apply(Report(1, "hub_pending", true, 10)).Book
            .Apply(Report(9, "canceled", true, 10, source: 1, second: 200)).Book
            .Apply(Report(1, "closed", true, 10, second: 300)).Book;

        book.Ledger.ShouldBeEmpty();
    }

    [Fact]
    public void ApplyNotFound_SourceOfAWeeklyOrder_GuessesNothingAndReadsAgain()
    {
        var weekly = Begun.Apply(Report(9, "paid", true, 10, source: 1)).Book;

        var outcome = weekly.ApplyNotFound(new OrderId(1), OrderMoment.OfWebhook(Noon.AddSeconds(50)));

        outcome.Book.Ledger.ShouldBeEmpty();
        outcome.Reread.ShouldBe([new ProductId(5)]);
        outcome.Book.Apply(Report(9, "sent", true, 10, source: 1, second: 500)).Fetch.ShouldBeEmpty();
    }

    [Fact]
    public void ApplyNotFound_KnownOrder_IsDestroyed()
    {
        var book = Begun.Apply(Report(1, "paid", false, 10)).Book;

        var outcome = book.ApplyNotFound(new OrderId(1), OrderMoment.OfWebhook(Noon.AddSeconds(50)));

        outcome.Book.Ledger.ShouldBeEmpty();
        outcome.Doubts.ShouldHaveSingleItem().Product.ShouldBe(new ProductId(5));
    }

    [Theory]
    [InlineData("no product")]
    [InlineData("no items")]
    [InlineData("size")]
    [InlineData("channel")]
    public void Apply_ReportThatDoesNotSayEnough_IsFetchedFirstThenLeftToAPerson(string gap)
    {
        var report = Report(1, "paid", false, 10);
        report = gap switch
        {
            "no product" => report with { Items = [report.Items[0] with { Product = null }] },
            "no items" => report with { Items = [] },
            "size" => report with { Size = 3 },
            _ => report with { ViaZero = null },
        };

        var first = Begun.Apply(report);
        first.Disposition.ShouldBe(OrderDisposition.FetchFirst);
        first.Fetch.ShouldBe([new OrderId(1)]);
        first.Book.ShouldBe(Begun);

        var second = Begun.Apply(report with { IsDetail = true });
        second.Book.Ledger.ShouldBeEmpty();
        second.Notices.ShouldHaveSingleItem();
        second.Fetch.ShouldBeEmpty();
        (second.Reread.Length + second.RereadBlueprints.Length).ShouldBe(gap == "no items" ? 0 : 1);
    }

    [Fact]
    public void Apply_ItemTakenOut_StopsCountingAndIsReadAgain()
    {
        var report = Report(1, "paid", false, 10);
        var book = Begun.Apply(report).Book;

        var outcome = book.Apply(report with { Moment = OrderMoment.OfWebhook(Noon.AddSeconds(60)), Items = [report.Items[0] with { IsDeleted = true }] });

        outcome.Book.Ledger.ShouldBeEmpty();
        outcome.Doubts.ShouldHaveSingleItem();
    }

    [Fact]
    public void Apply_Purchase_TouchesNothing()
    {
        var outcome = Begun.Apply(Report(1, "paid", false, 10) with { IsPurchase = true });

        outcome.Disposition.ShouldBe(OrderDisposition.Purchase);
        outcome.Book.ShouldBe(Begun);
    }

    [Theory]
    [InlineData("order.create", "live", nameof(DeliveryVerdict.Apply))]
    [InlineData("order.update", null, nameof(DeliveryVerdict.Apply))]
    [InlineData("order.destroy", "live", nameof(DeliveryVerdict.Apply))]
    [InlineData("order.create", "test", nameof(DeliveryVerdict.TestMode))]
    [InlineData("product.update", "TEST", nameof(DeliveryVerdict.TestMode))]
    [InlineData("order.archived", "live", nameof(DeliveryVerdict.UnknownCause))]
    [InlineData("product.update", "live", nameof(DeliveryVerdict.UnknownCause))]
    [InlineData(null, "live", nameof(DeliveryVerdict.UnknownCause))]
    public void Judge_Delivery_TouchesStockOnlyForOrdersWeSold(string? cause, string? mode, string verdict) =>
        DeliveryRule.Judge(cause, mode, Report(1, "paid", false, 10)).ToString().ShouldBe(verdict);

    [Fact]
    public void Judge_PurchaseOrNoOrder_TouchesNoStock()
    {
        DeliveryRule.Judge("order.create", "live", Report(1, "paid", false, 10) with { IsPurchase = true }).ShouldBe(DeliveryVerdict.Purchase);
        DeliveryRule.Judge("order.update", "live", null).ShouldBe(DeliveryVerdict.FetchFirst);
    }

    private static OrderReport Report(long id, string state, bool zero, int soldAt, long? source = null, int second = 20) => new()
    {
        Id = new OrderId(id),
        State = OrderStates.Parse(state),
        Moment = OrderMoment.OfWebhook(Noon.AddSeconds(second)),
        ViaZero = zero,
        Size = 2,
        Items =
        [
            new OrderItem
            {
                Id = new OrderItemId(id + 100),
                Product = new ProductId(5),
                Blueprint = new BlueprintId(50),
                Quantity = 2,
                HubPendingOrder = source is { } other ? new OrderId(other) : null,
                CreatedAt = Noon.AddSeconds(soldAt),
            },
        ],
    };
}
