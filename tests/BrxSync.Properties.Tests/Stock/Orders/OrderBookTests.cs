using BrxSync.Client;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Properties.Tests.Stock.Orders;

public sealed class OrderBookTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly OrderBook Begun = OrderBook.Empty.StartAt(Noon);
    private static readonly ProductId Product = new(5);
    private static readonly ProductId Another = new(6);

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
    public void Apply_ItemTakenOutBetweenPreSaleAndWeeklyOrder_StopsCounting()
    {
        var presale = Begun.Apply(Report(1, "hub_pending", true, 10)).Book
            .Apply(Report(9, "hub_pending", true, 10, source: 1, second: 100)).Book
            .Apply(Report(1, "closed", true, 10, second: 100)).Book;
        var without = Report(9, "hub_pending", true, 10, source: 1, second: 200);
        without = without with { Items = [without.Items[0] with { IsDeleted = true }], Size = 0 };

        presale.CountedOf(Product).Sum(part => part.Quantity).ShouldBe(2);
        var taken = presale.Apply(without).Book;
        taken.CountedOf(Product).ShouldBeEmpty();
        taken.Apply(without with { State = OrderState.Closed, Moment = OrderMoment.OfWebhook(Noon.AddSeconds(300)) }).Book
            .CountedOf(Product).ShouldBeEmpty("the order is merged without it");
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
    public void Apply_WeeklyOrderOfAPreSaleCanceled_StopsCountingWhateverTheOrderBetweenSays()
    {
        var book = Begun.Apply(Report(1, "hub_pending", true, 10)).Book
            .Apply(Report(9, "hub_pending", true, 10, source: 1, second: 100)).Book
            .Apply(Report(12, "canceled", true, 10, source: 1, second: 200)).Book
            .Apply(Report(9, "closed", true, 10, source: 1, second: 300)).Book;

        book.Ledger.ShouldBeEmpty();
    }

    [Fact]
    public void ApplyNotFound_SourceOfAWeeklyOrder_GuessesNothingAndReadsAgain()
    {
        var weekly = Begun.Apply(Report(9, "paid", true, 10, source: 1)).Book;

        var outcome = weekly.ApplyNotFound(new OrderId(1), OrderMoment.OfWebhook(Noon.AddSeconds(50)), Noon.AddDays(30));

        outcome.Book.Ledger.ShouldBeEmpty();
        outcome.Reread.ShouldBe([new ProductId(5)]);
        outcome.Book.Apply(Report(9, "sent", true, 10, source: 1, second: 500)).Fetch.ShouldBeEmpty();
    }

    [Fact]
    public void ApplyNotFound_KnownOrder_IsDestroyed()
    {
        var book = Begun.Apply(Report(1, "paid", false, 10)).Book;

        var outcome = book.ApplyNotFound(new OrderId(1), OrderMoment.OfWebhook(Noon.AddSeconds(50)), Noon.AddDays(30));

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

        var outcome = book.Apply(
            report with { Moment = OrderMoment.OfWebhook(Noon.AddSeconds(60)), Items = [report.Items[0] with { IsDeleted = true }] });

        outcome.Book.Ledger.ShouldBeEmpty();
        outcome.Doubts.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("canceled")]
    [InlineData("cancelled")]
    [InlineData(" Cancelled ")]
    public void Parse_EitherSpellingOfCancelled_IsTheSame(string text) => OrderStates.Parse(text).ShouldBe(OrderState.Canceled);

    [Fact]
    public void Apply_LateDelivery_LeavesTheNewerState()
    {
        var outcome = Play(Report(1, "canceled", false, 10, second: 60), Report(1, "paid", false, 10));

        outcome.Disposition.ShouldBe(OrderDisposition.Outdated);
        outcome.Book.Ledger.ShouldBeEmpty();
    }

    [Fact]
    public void Apply_LaterStateOfASaleOlderThanTheBooks_StillCounts() =>
        Play(Report(1, "paid", false, -10), Report(1, "sent", false, -10, second: 60)).Book.CountedOf(Product).ShouldHaveSingleItem();

    [Fact]
    public void Apply_ItemThatLeftWithinTheSameSecond_StaysOut() =>
        Play(Without(Report(1, "paid", false, 10)), Report(1, "paid", false, 10)).Book.Ledger.ShouldBeEmpty();

    [Fact]
    public void Apply_ItemThatLeftInAStateThatDecidesNothing_StopsCounting() =>
        Play(Report(1, "paid", false, 10), Without(Report(1, "request_for_cancel", false, 10, second: 60))).Book.Ledger.ShouldBeEmpty();

    [Fact]
    public void Apply_OlderReportOfAnItemThatLeft_LeavesItOut() =>
        Play(Without(Report(1, "request_for_cancel", false, 10, second: 60)), Report(1, "paid", false, 10)).Book.Ledger.ShouldBeEmpty();

    [Fact]
    public void Apply_ReportOlderThanTheLastOfTheItems_LeavesTheItemsAsTheyAre()
    {
        var outcome = Play(
            Report(1, "pending", false, 10),
            Without(Report(1, "pending", false, 10, second: 60)),
            Report(1, "lost", false, 10, second: 40));

        outcome.Book.Orders[new OrderId(1)].LiveCopies.ShouldBe(0);
    }

    [Fact]
    public void Apply_ItemNoLongerListed_StaysInTheRecordAsDeleted()
    {
        var outcome = Play(WithAnother(Report(1, "paid", false, 10)), Report(1, "paid", false, 10, second: 60));

        outcome.Book.Orders[new OrderId(1)].Lines.Single(line => line.IsDeleted).Sale.Product.ShouldBe(Another);
        outcome.Doubts.ShouldHaveSingleItem().Product.ShouldBe(Another);
    }

    [Fact]
    public void Apply_ReportThatLeavesItemsOpen_RemovesNone()
    {
        var outcome = Play(WithAnother(Report(1, "paid", false, 10)), Report(1, "canceled", false, 10, second: 60) with { Size = 3 });

        outcome.Book.Orders[new OrderId(1)].Lines.ShouldAllBe(line => !line.IsDeleted);
    }

    [Fact]
    public void Apply_ItemWhoseProductIsNoLongerNamed_KeepsTheProduct()
    {
        var later = WithAnother(Report(1, "sent", false, 10, second: 60)) with { IsDetail = true };

        var outcome = Play(
            WithAnother(Report(1, "paid", false, 10)), later with { Items = [later.Items[0], later.Items[1] with { Product = null }] });

        outcome.Book.CountedOf(Another).ShouldHaveSingleItem();
    }

    [Fact]
    public void Apply_ReportWithoutTheTimeOfASale_KeepsTheBetterOne()
    {
        var later = Report(1, "sent", false, 10, second: 60);

        var outcome = Play(Report(1, "paid", false, 10), later with { Items = [later.Items[0] with { CreatedAt = null }] });

        outcome.Book.CountedOf(Product).ShouldHaveSingleItem().At.ShouldBe(new SaleTime(Noon.AddSeconds(10), true));
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("request_for_cancel")]
    [InlineData("lost")]
    [InlineData("under_review")]
    [InlineData("closed")] // of a direct order nobody has described it
    public void Apply_FirstSightOfAStateThatDecidesNothing_IsReadAgain(string state)
    {
        var outcome = Begun.Apply(Report(1, state, false, 10));

        outcome.Book.Ledger.ShouldBeEmpty();
        outcome.Doubts.ShouldHaveSingleItem().Product.ShouldBe(Product);
    }

    [Fact]
    public void Apply_UndecidedOrderReportedAgain_IsNotReadAgain() =>
        Play(Report(1, "pending", false, 10), Report(1, "lost", false, 10, second: 60)).Doubts.ShouldBeEmpty();

    [Fact]
    public void Apply_UndecidedOrderGetsItems_IsReadAgain() =>
        Play(
            Report(1, "pending", false, 10),
            WithAnother(Report(1, "pending", false, 10, second: 60))).Doubts.ShouldHaveSingleItem().Product.ShouldBe(Another);

    [Fact]
    public void Apply_UndecidedOrderGetsAStateWithoutMeaning_IsReadAgain() =>
        Play(Report(1, "pending", false, 10), Report(1, "closed", false, 10, second: 60)).Doubts.ShouldHaveSingleItem().Product
            .ShouldBe(Product);

    [Fact]
    public void Apply_UndecidedOrderOlderThanTheBooks_IsReadAgainOnlyForItemsThatJoined()
    {
        Begun.Apply(Report(1, "pending", false, -10)).Doubts.ShouldBeEmpty("its items are in every read");
        Play(
            Report(1, "pending", false, -10),
            WithAnother(Report(1, "pending", false, -10, second: 60))).Doubts.ShouldHaveSingleItem().Product.ShouldBe(Another);
    }

    [Fact]
    public void Apply_UndecidedOrderBeforeTheBooksBegin_IsReadAgain() =>
        OrderBook.Empty.Apply(Report(1, "pending", false, 10)).Doubts.ShouldHaveSingleItem();

    [Fact]
    public void Apply_SaleThatCounts_IsNotReadAgain() => Begun.Apply(Report(1, "paid", false, 10)).Doubts.ShouldBeEmpty();

    [Fact]
    public void Apply_IncompleteReportOfAStateThatDecidesNothing_IsFetchedFirst()
    {
        var report = Report(1, "pending", false, 10);

        Begun.Apply(report with { Items = [report.Items[0] with { Product = null }] }).Fetch.ShouldBe([report.Id]);
        Play(report, Report(1, "pending", false, 10, second: 60) with { Size = 3 }).Fetch.ShouldBe([report.Id]);
    }

    [Fact]
    public void Apply_StatesThatDecideNothing_KeepTheTimeOfTheLatest()
    {
        var book = Play(Report(1, "pending", false, 10, second: 60), Report(1, "lost", false, 10)).Book;

        book.Orders[new OrderId(1)].Moment.ShouldBe(OrderMoment.OfWebhook(Noon.AddSeconds(60)));
    }

    [Theory]
    [InlineData("pending", true)]
    [InlineData("paid", false)]
    [InlineData("canceled", true)]
    public void AnyUncountedSince_Order_UnlessItCounts(string state, bool any)
    {
        var book = Begun.Apply(Report(1, state, false, 10)).Book;

        book.AnyUncountedSince(Product, Noon).ShouldBe(any);
        book.AnyUncountedSince(Product, Noon.AddSeconds(60)).ShouldBeFalse("it was reported before");
        book.AnyUncountedSince(Another, Noon).ShouldBeFalse();
    }

    [Fact]
    public void AnyUncountedSince_ItemThatLeftLaterThanTheState_IsAsLateAsTheItem() =>
        Play(Report(1, "paid", false, 10), Without(Report(1, "request_for_cancel", false, 10, second: 600))).Book
            .AnyUncountedSince(Product, Noon.AddSeconds(300)).ShouldBeTrue();

    [Fact]
    public void Apply_SaleReportedAfterItsEnd_IsTakenOffOnce()
    {
        var late = Play(Report(1, "canceled", false, 10, second: 60), Report(1, "paid", false, 10));

        late.Doubts.ShouldHaveSingleItem().Sold.ShouldBe([new SalePart(new SaleTime(Noon.AddSeconds(10), true), 2)]);
        late.Book.Apply(Report(1, "paid", false, 10)).Doubts.ShouldBeEmpty();
    }

    [Fact]
    public void Apply_SaleThatCountedReportedAgainAfterItsEnd_IsNotTakenOffAgain()
    {
        var paid = Report(1, "paid", false, 10);

        Play(paid, Report(1, "canceled", false, 10, second: 60), paid).Doubts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("pending", false)]
    [InlineData("paid", true)] // the item had left already
    public void Apply_LateReportOfGoodsThatWereNotSold_TakesNothingOff(string state, bool left)
    {
        var late = Report(1, state, false, 10);

        Play(Report(1, "canceled", false, 10, second: 60), left ? Without(late) : late).Doubts.ShouldBeEmpty();
    }

    [Fact]
    public void Apply_WeeklyOrderReportedAfterItsEnd_TakesNothingOff() =>
        Play(
            Report(9, "canceled", true, 10, source: 1, second: 200),
            Report(9, "paid", true, 10, source: 1, second: 100)).Doubts.ShouldBeEmpty();

    [Fact]
    public void Apply_SourceReportedAfterTheEndOfItsWeeklyOrder_IsTakenOffUnlessReadSinceThatEnd()
    {
        var outcome = Play(Report(9, "canceled", true, 10, source: 1, second: 200), Report(1, "hub_pending", true, 10));

        var doubt = outcome.Doubts.Where(doubt => !doubt.Sold.IsEmpty).ShouldHaveSingleItem();
        doubt.Sold.Sum(part => part.Quantity).ShouldBe(2);
        doubt.Moment.To.ShouldBe(OrderMoment.OfWebhook(Noon.AddSeconds(200)).To);
    }

    [Fact]
    public void Apply_EndReportedAgain_IsNotReadAgain() =>
        Play(Report(1, "canceled", false, 10), Report(1, "canceled", false, 10, second: 60)).Doubts.ShouldBeEmpty();

    [Fact]
    public void EndedOf_SourceAndWeeklyOrder_AreTheSameCopies()
    {
        var weekly = Report(9, "canceled", true, 10, source: 1, second: 200);

        Play(Report(1, "canceled", true, 10), weekly).Book.EndedOf(Product).Sum(part => part.Quantity).ShouldBe(2);
        Play(Report(1, "canceled", true, 10), weekly with { Size = 1, Items = [weekly.Items[0] with { Quantity = 1 }] }).Book
            .EndedOf(Product).Sum(part => part.Quantity).ShouldBe(2, "the weekly order may have lost an item");
    }

    [Fact]
    public void ApplyNotFound_OrderReportedEarlier_WasThereAndIsOver()
    {
        var book = Begun.ApplyNotFound(new OrderId(1), OrderMoment.OfWebhook(Noon.AddSeconds(50)), Noon.AddDays(30)).Book;

        book.Apply(Report(1, "paid", false, 10)).Book.Ledger.ShouldBeEmpty();
        book.Apply(Report(1, "paid", false, 10, second: 60)).Book.Ledger.ShouldNotBeEmpty("it was asked for too early");
    }

    [Fact]
    public void Apply_EndOfAnOrderOfWhichNothingIsKnown_IsFetched() =>
        Begun.Apply(Report(1, "canceled", false, 10) with { Items = [] }).Fetch.ShouldBe([new OrderId(1)]);

    [Fact]
    public void Apply_EndWithAnItemWithoutAProduct_ReadsItsBlueprintOnce()
    {
        var report = Report(1, "canceled", false, 10);
        report = report with { Items = [report.Items[0] with { Product = null }] };

        var first = Begun.Apply(report);

        first.RereadBlueprints.ShouldBe([new BlueprintId(50)]);
        first.Book.Apply(report).RereadBlueprints.ShouldBeEmpty();
    }

    [Fact]
    public void Apply_DetailThatDoesNotSayEnough_ReadsAllThatItMayConcern()
    {
        var detail = Report(1, "sent", false, 10, second: 60) with { Size = 3, IsDetail = true };

        var outcome = Play(WithAnother(Report(1, "paid", false, 10)), detail with { Items = [detail.Items[0] with { Product = null }] });

        outcome.Disposition.ShouldBe(OrderDisposition.Undecided);
        outcome.RereadBlueprints.ShouldBe([new BlueprintId(50)]);
        outcome.Reread.ShouldBe([Product, Another]);
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
        DeliveryRule.Judge("order.create", "live", Report(1, "paid", false, 10) with { IsPurchase = true })
            .ShouldBe(DeliveryVerdict.Purchase);
        DeliveryRule.Judge("order.update", "live", null).ShouldBe(DeliveryVerdict.FetchFirst);
    }

    private static OrderOutcome Play(params OrderReport[] reports) =>
        reports[1..].Aggregate(Begun.Apply(reports[0]), (outcome, report) => outcome.Book.Apply(report));

    private static OrderReport Without(OrderReport report) => report with { Items = [report.Items[0] with { IsDeleted = true }] };

    private static OrderReport WithAnother(OrderReport report) => report with
    {
        Size = 3,
        Items = [report.Items[0], report.Items[0] with { Id = new OrderItemId(900), Product = Another, Quantity = 1 }],
    };

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

file static class LongAfterwards
{
    public static OrderOutcome Apply(this OrderBook book, OrderReport report) => book.Apply(report, report.Moment.To.AddDays(30));
}
