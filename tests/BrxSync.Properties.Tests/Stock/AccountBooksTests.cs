using BrxSync.Client;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Properties.Tests.Stock;

/// <summary>What the books do beyond the single rules.</summary>
public sealed class AccountBooksTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly ProductId Product = new(1);
    private static readonly ProductId Other = new(2);
    private static readonly Dictionary<ProductId, DateTimeOffset> Nothing = [];
    private static readonly LocalChange Change = new()
    {
        Id = new Guid(1, 0, 0, new byte[8]), Product = Product, Kind = ChangeKind.Adjust, Delta = -2,
    };

    [Fact]
    public void Apply_TwoRequestsForAReadOutOfOrder_KeepsTheLater()
    {
        var books = Stocked(5).Apply(Cancelled(1000), Start.AddHours(3)).Apply(Cancelled(1001), Start.AddHours(2));

        books.Rereads[Product].ShouldBeGreaterThan(
            Start.AddHours(3), "a read that was begun when the first was known has not seen what the second asked for");
    }

    [Fact]
    public void ApplyReread_ProductWithoutAnItem_IsLeftToTheNextSnapshot()
    {
        var books = Stocked(5).ApplyReread(
            At(Start.AddHours(1)), [Product], new Dictionary<ProductId, int> { [Product] = 4, [Other] = 7 }, Nothing, Start.AddHours(2));

        books.Items.Keys.ShouldBe([Product]);
        books.Items[Product].Quantity.ShouldBe(4);
    }

    [Fact]
    public void Apply_TwoRequestsForAReadAtOneInstant_HaveDifferentNames()
    {
        var first = Stocked(5).Apply(Cancelled(1000), Start.AddHours(3));
        var both = first.Apply(Cancelled(1001), Start.AddHours(3));

        both.Rereads[Product].ShouldBeGreaterThan(first.Rereads[Product]);
    }

    [Fact]
    public void ApplyReread_BegunWhenTheRequestWasKnown_MeetsIt()
    {
        var books = Stocked(5).Apply(Cancelled(1000), Start.AddHours(3));

        Reread(books, Start.AddHours(2), 5, books.Rereads).Rereads.ShouldBeEmpty("whatever the clocks say");
    }

    [Fact]
    public void ApplyReread_BegunBeforeTheRequest_DoesNotMeetIt()
    {
        var first = Stocked(5).Apply(Cancelled(1000), Start.AddHours(3));
        var both = first.Apply(Cancelled(1001), Start.AddHours(4));

        Reread(first, Start.AddHours(9), 5, Nothing).Rereads.ShouldContainKey(Product, "whatever the clocks say");
        Reread(both, Start.AddHours(9), 5, first.Rereads).Rereads.ShouldBe(both.Rereads);
    }

    [Fact]
    public void ApplyReread_BegunForAFormerRequestWithALaterName_DoesNotMeetTheNewOne()
    {
        // The first request comes from a process whose guess of the present is late; two reads are begun for it.
        var sold = Stocked(5).Apply(Sold(1000, Start.AddMinutes(30)), Start.AddHours(1));
        var former = sold.Apply(Cancelled(1001), Start.AddHours(3));
        var met = Reread(former, Start.AddHours(2), 4, former.Rereads);

        var asked = met.Apply(
            Cancelled(1000) with { Moment = OrderMoment.OfWebhook(Start.AddHours(2).AddSeconds(9)) }, Start.AddHours(2).AddSeconds(20));

        asked.Rereads.ShouldContainKey(Product);
        Reread(asked, Start.AddHours(2).AddSeconds(1), 4, former.Rereads).Rereads.ShouldContainKey(
            Product, "neither read has seen the cancellation");
    }

    [Fact]
    public void ApplyReread_MeetsARequestAndAsksAgain_GivesTheNewOneALaterName()
    {
        var books = Stocked(5).Apply(Sold(1000, Start.AddHours(2)), Start.AddHours(3)).Apply(Cancelled(1001), Start.AddHours(3));

        // The sale happened while CardTrader looked; our clock was set back.
        var (rows, now) = (new Dictionary<ProductId, int> { [Product] = 4 }, Start.AddHours(2).AddSeconds(9));
        var again = books.ApplyReread(At(Start.AddHours(2)), [Product], rows, books.Rereads, now);

        again.Rereads[Product].ShouldBeGreaterThan(books.Rereads[Product], "another read that knows the former one is under way");
    }

    [Fact]
    public void ApplyReread_OlderThanTheLastRead_MeetsNoRequest()
    {
        var books = Stocked(5).Apply(Cancelled(1000), Start.AddHours(3));

        Reread(books, Start.AddHours(-1), 5, books.Rereads).Rereads.ShouldBe(books.Rereads);
    }

    [Fact]
    public void ApplyReread_RequestOfAProductWithoutAnItem_IsMet()
    {
        var books = AccountBooks.Empty.Apply(Cancelled(1000), Start.AddHours(3));

        books.ApplyReread(At(Start.AddHours(4)), [Product], new Dictionary<ProductId, int>(), books.Rereads, Start.AddHours(5)).Rereads
            .ShouldBeEmpty();
    }

    [Fact]
    public void ApplySnapshot_OverlapsTheFormerOne_IsTheLater()
    {
        var books = Snapshot(Stocked(5), Start.AddSeconds(1), SnapshotOutcome.Applied, 7);

        books.Items[Product].Quantity.ShouldBe(7);
        books.Rereads.ShouldBeEmpty();
    }

    [Fact]
    public void ApplySnapshot_OverlapsAWithheldOne_IsTheLater()
    {
        var withheld = Snapshot(Stocked(5), Start.AddHours(1), SnapshotOutcome.Withheld, 6);
        var books = Snapshot(withheld, Start.AddHours(1).AddSeconds(1), SnapshotOutcome.Applied, 7);

        books.Items[Product].Quantity.ShouldBe(7);
        books.Rereads.ShouldBeEmpty();
    }

    [Fact]
    public void ApplySnapshot_OverlapsAReadOfSomeProducts_LeavesTheSmallerNumberUntilAThirdRead()
    {
        var books = Snapshot(
            Reread(Stocked(5), Start.AddHours(1), 6, Nothing), Start.AddHours(1).AddSeconds(1), SnapshotOutcome.Applied, 7);

        books.Items[Product].Quantity.ShouldBe(6);
        books.Rereads.ShouldContainKey(Product);
    }

    [Fact]
    public void ApplySnapshot_Withheld_TakesNoAbsenceForAnEnd()
    {
        var books = Stocked(5).ApplySnapshot(
            At(Start.AddHours(1)), new Dictionary<ProductId, int>(), Verdict(SnapshotOutcome.Withheld), Nothing, Start.AddHours(2));

        books.Items[Product].Quantity.ShouldBe(5);
    }

    [Fact]
    public void ApplyReread_OverlapsASnapshot_LeavesTheSmallerNumberUntilAThirdRead()
    {
        var books = Reread(Stocked(5), Start.AddSeconds(1), 7, Nothing);

        books.Items[Product].Quantity.ShouldBe(5);
        books.Rereads.ShouldContainKey(Product);
    }

    [Fact]
    public void ApplyReread_OlderThanALateSaleThatIsOver_TakesItOffUntilTheNextRead()
    {
        var books = Reread(Stocked(5).Apply(Cancelled(1000), Start.AddHours(1)), Start.AddMinutes(10), 5, Nothing);

        books.Items[Product].Quantity.ShouldBe(4);
    }

    [Fact]
    public void ApplyReread_AbsentBeforeASaleThatIsOver_IsReadAgain()
    {
        var known = Stocked(5).Apply(Cancelled(1000), Start.AddHours(1));
        var books = known.ApplyReread(
            At(Start.AddMinutes(10)), [Product], new Dictionary<ProductId, int>(), known.Rereads, Start.AddHours(2));

        books.Rereads.ShouldContainKey(Product);
    }

    [Fact]
    public void ApplyReread_ProductAsItWas_ChangesNothingElse()
    {
        var books = Reread(Stocked(5), Start.AddHours(1), 4, Nothing);

        books.Changes.ShouldBeEmpty("what was read is not pushed back");
        books.Journal[^1].ShouldBe(new QuantityChange(Product, JournalCause.Read, 5, 4, 0));
    }

    [Fact]
    public void ApplyReread_BegunWhenTheLossOfAnAnswerWasKnown_DecidesTheDoubt()
    {
        var books = InDoubt(Start.AddHours(2));

        Reread(books, Start.AddHours(1), 3, books.Rereads).Changes.ShouldBeEmpty("it had its effect, and the read has seen it");
    }

    [Fact]
    public void ApplyReread_NotKnownToBeLaterThanTheLossOfAnAnswer_DecidesNothing() =>
        Reread(InDoubt(Start.AddHours(2)), Start.AddHours(1), 3, Nothing).Changes[Change.Id].State.ShouldBe(ChangeState.InDoubt);

    [Fact]
    public void ApplyReread_SaleEndedSinceTheBaselineOfADoubt_SendsNothingAgain()
    {
        var books = InDoubt(Start.AddHours(2)).Apply(Cancelled(1000), Start.AddHours(3)).WithOrdersKnownUntil(Start.AddHours(9));

        Reread(books, Start.AddHours(4), 5, books.Rereads).Changes.ShouldBeEmpty("it is not sent again");
    }

    [Fact]
    public void Apply_SaleReportedAfterItsEnd_IsTakenOffUntilARead()
    {
        var books = Stocked(5).Apply(Cancelled(1000), Start.AddHours(2)).Apply(Sold(1000, Start.AddMinutes(30)), Start.AddHours(2));

        books.Items[Product].Quantity.ShouldBe(4);
        books.Rereads.ShouldContainKey(Product);
    }

    [Fact]
    public void Apply_EndThatTheLastReadHasSeen_AsksForNoRead() =>
        Reread(Stocked(5), Start.AddHours(2), 5, Nothing).Apply(Cancelled(1000), Start.AddHours(3)).Rereads.ShouldBeEmpty();

    [Fact]
    public void ApplySnapshot_SalesSeenBeforeIt_AreTakenOffItsRows()
    {
        var sold = Sold(1000, Start.AddMinutes(1)) with { State = OrderState.Sent };
        var books = Snapshot(AccountBooks.Empty.Apply(sold, Start.AddMinutes(2)), Start, SnapshotOutcome.Applied, 5);

        books.Items[Product].Quantity.ShouldBe(4);
    }

    [Theory]
    [InlineData("report")]
    [InlineData("not found")]
    [InlineData("snapshot")]
    [InlineData("read")]
    public void AnyStep_ReadThatIsStillToCome_HappenedSomeTimeUpToItsEnd(string step)
    {
        var window = new SnapshotWindow(DateTimeOffset.UnixEpoch, At(Start).To);

        Step(Stocked(5), step, Start.AddHours(-1)).Items[Product].LastRead.ShouldBe(new Reading(window, 5));
    }

    [Fact]
    public void Apply_SaleThatTheReadHadSeenOnceTheClockIsSetRightAgain_IsNotTakenOffForCertain()
    {
        var whileSetBack = Start.AddHours(-1);
        var right = new Present(Start.AddMinutes(2), Start.AddMinutes(2), Start.AddMinutes(2)) { HasNoAnswer = true };
        var books = Step(Stocked(4), "report", whileSetBack).Apply(Sold(1000, Start.AddSeconds(-20)), right);

        (books.Items[Product].Quantity == 4 || books.Rereads.ContainsKey(Product)).ShouldBeTrue();
    }

    [Fact]
    public void ApplySnapshot_AfterAnotherThatIsStillToCome_IsTheLaterOfTheTwo()
    {
        var now = Start.AddHours(-1);
        var books = Snapshot(Step(Stocked(5), "report", now), now.AddMinutes(10), SnapshotOutcome.Applied, 7);

        books.Items[Product].Quantity.ShouldBe(7);
        books.Rereads.ShouldBeEmpty();
    }

    [Fact]
    public void Apply_WithoutAnAnswerOfItsOwn_TakesNothingBack()
    {
        var now = new Present(Start.AddHours(-1), Start.AddHours(-1), Start.AddHours(-1)) { HasNoAnswer = true };

        Stocked(5).Apply(Sold(1000, Start.AddHours(-2)), now).Items[Product].LastRead.ShouldBe(Stocked(5).Items[Product].LastRead);
    }

    [Fact]
    public void Apply_ChangedHereInWhatIsStillToCome_ChangedNow()
    {
        var books = Stocked(5).Edit(Change, Start.AddHours(2));

        Step(books, "report", Start.AddHours(1)).Items[Product].ChangedLocallyAt.ShouldBe(Start.AddHours(1));
    }

    [Fact]
    public void Apply_SentInWhatIsStillToCome_IsKnownOnlyToBeSentAndAnswered()
    {
        var now = Start.AddHours(-1);
        var sent = Stocked(5)
            .Edit(Change, Start.AddHours(2))
            .Send(Change.Id, Start.AddHours(2))
            .Answer(Change.Id, SendOutcome.Done, Start.AddHours(2));

        var change = Step(sent, "report", now).Changes[Change.Id];

        change.SentAt.ShouldBe(DateTimeOffset.UnixEpoch);
        change.AnsweredAt.ShouldBe(now);
        change.Baseline!.Value.Window.ShouldBe(new SnapshotWindow(DateTimeOffset.UnixEpoch, At(Start).To));
    }

    [Fact]
    public void Apply_OrdersKnownUntilWhatIsStillToCome_AreNotKnown() =>
        Step(Stocked(5).WithOrdersKnownUntil(Start.AddHours(2)), "report", Start.AddHours(1)).OrdersKnownUntil.ShouldBe(default);

    [Fact]
    public void Apply_OrderReportedInWhatIsStillToCome_WasReportedSomeTimeUpToNow()
    {
        var now = Start.AddHours(1);
        var books = Stocked(5).Apply(Sold(1000, Start.AddMinutes(30), Start.AddHours(2)), Start.AddHours(3));

        var order = Step(books, "report", now).Orders.Orders[new OrderId(1000)];

        order.Moment.ShouldBe(new OrderMoment(DateTimeOffset.UnixEpoch, now));
        order.LinesMoment.ShouldBe(order.Moment);
    }

    [Fact]
    public void Apply_ItemsAloneReportedInWhatIsStillToCome_WereReportedSomeTimeUpToNow()
    {
        var now = Start.AddHours(1);
        var sold = Sold(1000, Start.AddMinutes(30), Start.AddMinutes(40));
        var asked = sold with { State = OrderState.RequestForCancel, Moment = OrderMoment.OfWebhook(Start.AddHours(2)) };

        var order = Step(Stocked(5).Apply(sold, Start.AddHours(3)).Apply(asked, Start.AddHours(3)), "report", now).Orders.Orders[sold.Id];

        order.LinesMoment.ShouldBe(new OrderMoment(DateTimeOffset.UnixEpoch, now));
        order.Moment.ShouldBe(sold.Moment);
    }

    [Fact]
    public void Apply_SaleStillToCome_CountsAsSoldSomeTimeUpToNow()
    {
        var now = Start.AddHours(1);
        var books = Stocked(5).Apply(Sold(1000, Start.AddHours(2), Start.AddMinutes(30)), Start.AddHours(3));

        Step(books, "report", now).Orders.CountedOf(Product).ShouldBe([new SalePart(new SaleTime(now, false), 1)]);
    }

    [Fact]
    public void Apply_ReportFromWhatIsStillToCome_IsOfSomeTimeUpToNow() =>
        Stocked(5).Apply(Sold(1000, Start.AddMinutes(30), Start.AddHours(2)), Start.AddHours(1)).Orders.Orders[new OrderId(1000)]
            .Moment.ShouldBe(new OrderMoment(DateTimeOffset.UnixEpoch, Start.AddHours(1)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Apply_SaleFirstSeenLaterWhenTheBooksBeginInWhatIsStillToCome_IsTakenOffOrReadAgain(bool hasNoAnswer)
    {
        var present = Start.AddHours(-2);
        var now = new Present(present, present.AddSeconds(-1), present.AddSeconds(6)) { HasNoAnswer = hasNoAnswer };

        var books = Stocked(5).Apply(
            Sold(1000, present.AddMinutes(-20), present.AddMinutes(-1)) with { State = OrderState.Sent, IsDetail = !hasNoAnswer }, now);

        (books.Items[Product].Quantity < 5 || books.Rereads.ContainsKey(Product)).ShouldBeTrue();
    }

    [Fact]
    public void ApplySnapshot_BegunForAFormerRequestWithALaterName_DoesNotMeetTheNewOne()
    {
        // A snapshot is under way when a re-read meets the request, and a process that has just started, with a slow wall
        // clock, hears of another order.
        var former = Stocked(5).Apply(Cancelled(1000), Start.AddHours(3));
        var met = Reread(former, Start.AddHours(2), 5, former.Rereads);
        var at = Start.AddHours(3);
        var pending = Sold(1001, at.AddSeconds(50)) with { State = OrderState.Pending };

        var asked = met.Apply(pending, Present.Unknown(Start.AddHours(1)) with { HasNoAnswer = true });

        asked.Rereads.ShouldContainKey(Product);
        asked.ApplySnapshot(
            new SnapshotWindow(at.AddSeconds(4), at.AddSeconds(90)),
            new Dictionary<ProductId, int> { [Product] = 5 },
            Verdict(SnapshotOutcome.Applied),
            former.Rereads, at.AddSeconds(91)).Rereads.ShouldContainKey(Product, "the snapshot looked before the order");
    }

    [Fact]
    public void Apply_FirstDateFromBeforeCardTrader_SaysNothing()
    {
        var clock = ServerClock.Unknown.Learn(
            new DatedAnswer(Start, Start, new DateTimeOffset(1969, 12, 31, 0, 0, 0, TimeSpan.Zero), TimeSpan.Zero));

        clock.IsKnown.ShouldBeFalse();
        Stocked(5).Apply(Sold(1000, Start.AddMinutes(1)), clock.At(Start, Start)).Items[Product].Quantity.ShouldBe(4);
    }

    /// <summary>Some step that does not concern the product.</summary>
    private static AccountBooks Step(AccountBooks books, string step, DateTimeOffset now) => step switch
    {
        "report" => books.Apply(Sold(2000, now) with { IsPurchase = true }, now),
        "not found" => books.ApplyNotFound(new OrderId(3000), OrderMoment.OfWebhook(now), now),
        "snapshot" =>
            books.ApplySnapshot(At(now), new Dictionary<ProductId, int> { [Other] = 1 }, Verdict(SnapshotOutcome.Withheld), Nothing, now),
        _ => books.ApplyReread(At(now), [Other], new Dictionary<ProductId, int>(), Nothing, now),
    };

    private static AccountBooks InDoubt(
        DateTimeOffset sent) => Stocked(5).Edit(Change, sent).Send(Change.Id, sent).Answer(Change.Id, SendOutcome.AnswerLost, sent)
        .WithOrdersKnownUntil(Start.AddHours(9));

    private static AccountBooks Snapshot(AccountBooks books, DateTimeOffset at, SnapshotOutcome outcome, int quantity) =>
        books.ApplySnapshot(At(at), new Dictionary<ProductId, int> { [Product] = quantity }, Verdict(outcome), Nothing, at.AddHours(1));

    private static AccountBooks Reread(
        AccountBooks books, DateTimeOffset at, int quantity, IReadOnlyDictionary<ProductId, DateTimeOffset> known) =>
        books.ApplyReread(At(at), [Product], new Dictionary<ProductId, int> { [Product] = quantity }, known, Start.AddHours(10));

    private static SnapshotVerdict Verdict(SnapshotOutcome outcome) => new(outcome, [], SnapshotConsent.None, "EUR");

    private static SnapshotWindow At(DateTimeOffset instant) => SnapshotWindow.Around(instant, instant);

    private static OrderReport Sold(long order, DateTimeOffset at, DateTimeOffset? reported = null)
    {
        var report = Cancelled(order);
        return report with
        {
            State = OrderState.Paid,
            Moment = OrderMoment.OfWebhook(reported ?? at),
            Items = [report.Items[0] with { CreatedAt = at }],
        };
    }

    private static AccountBooks Stocked(int quantity) => AccountBooks.Empty.ApplySnapshot(
        At(Start),
        new Dictionary<ProductId, int> { [Product] = quantity },
        Verdict(SnapshotOutcome.Applied),
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
