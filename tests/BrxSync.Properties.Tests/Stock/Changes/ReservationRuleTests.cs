using BrxSync.Client;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Properties.Tests.Stock.Changes;

public sealed class ReservationRuleTests
{
    private static readonly ProductId Product = new(7);
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly SnapshotWindow Window = new(Noon, Noon.AddSeconds(2));

    [Theory]
    [InlineData(3, nameof(ReservationVerdict.Enough))]
    [InlineData(2, nameof(ReservationVerdict.Enough))]
    [InlineData(1, nameof(ReservationVerdict.NotEnough))]
    [InlineData(0, nameof(ReservationVerdict.NotEnough))]
    public void Decide_OnlyTheRead_CountsWhatIsThere(int there, string verdict) => Decide(there).ShouldBe(verdict);

    [Theory]
    [InlineData(nameof(ChangeState.Waiting), 3, nameof(ReservationVerdict.Enough))]
    [InlineData(nameof(ChangeState.Waiting), 2, nameof(ReservationVerdict.NotEnough))]
    [InlineData(nameof(ChangeState.Sent), 9, nameof(ReservationVerdict.Wait))]
    [InlineData(nameof(ChangeState.InDoubt), 9, nameof(ReservationVerdict.Wait))]
    [InlineData(nameof(ChangeState.InDoubt), 1, nameof(ReservationVerdict.NotEnough))]
    [InlineData(nameof(ChangeState.Failed), 2, nameof(ReservationVerdict.Enough))]
    public void Decide_AnotherSaleOfOurs_ComesFirst(string state, int there, string verdict) =>
        Decide(there, Other(-1, state)).ShouldBe(verdict);

    [Theory]
    [InlineData(nameof(ChangeState.Waiting), 3, nameof(ReservationVerdict.Enough))] // two of the three are ours, and still there
    [InlineData(nameof(ChangeState.Waiting), 2, nameof(ReservationVerdict.NotEnough))]
    [InlineData(nameof(ChangeState.Sent), 9, nameof(ReservationVerdict.Wait))]
    public void Decide_CopiesAreToBeHeldBack_DoNotGoFirst(string state, int there, string verdict) =>
        Decide(there, Other(-3, state) with { HeldBack = 2 }).ShouldBe(verdict);

    [Fact]
    public void Decide_AnotherReservation_TheEarlierOneIsServedFirst()
    {
        Decide(2, Other(-1, nameof(ChangeState.Reserved)) with { Sequence = 4 }).ShouldBe(nameof(ReservationVerdict.NotEnough));
        Decide(2, Other(-1, nameof(ChangeState.Reserved)) with { Sequence = 6 }).ShouldBe(nameof(ReservationVerdict.Enough));
    }

    [Fact]
    public void Decide_CopiesThatAreStillToBeAdded_AreNotThere() =>
        Decide(1, Other(5, nameof(ChangeState.Waiting))).ShouldBe(nameof(ReservationVerdict.NotEnough));

    [Fact]
    public void Decide_ProductIsTakenOff_SellsNothing() =>
        Decide(9, Other(0, nameof(ChangeState.Waiting)) with { Kind = ChangeKind.Delete }).ShouldBe(nameof(ReservationVerdict.NotEnough));

    [Theory]
    [InlineData(-5, 2, nameof(ReservationVerdict.Enough))]
    [InlineData(1, 2, nameof(ReservationVerdict.Wait))]
    [InlineData(1, 3, nameof(ReservationVerdict.Enough))]
    [InlineData(5, 2, nameof(ReservationVerdict.NotEnough))]
    public void Decide_SaleThere_IsTakenOffUnlessTheReadHasSeenIt(int seconds, int there, string verdict)
    {
        SalePart[] sold = [new(new SaleTime(Noon.AddSeconds(seconds), true), 1)];

        ReservationRule.Decide(Reservation, new Reading(Window, there), sold, [], [Reservation]).ToString().ShouldBe(verdict);
    }

    [Fact]
    public void Decide_SaleThatEndedWhileItLooked_WaitsForAnotherRead() => ReservationRule.Decide(
        Reservation, new Reading(Window, 2), [], [new(new SaleTime(Noon.AddSeconds(1), true), 1)], [Reservation])
        .ShouldBe(ReservationVerdict.Wait);

    [Fact]
    public void SeenBy_AnsweredBeforeTheReadBegan_IsSeenWhateverClocksSay()
    {
        var answered = Other(-1, nameof(ChangeState.Acknowledged)) with { SentAt = Noon, AnsweredAt = Noon.AddSeconds(1) };
        var later = answered with { Id = Guid.NewGuid() };
        var books = Books(5, answered, later).SeenBy(new HashSet<Guid> { answered.Id }, Window);

        books.Changes[answered.Id].SideOf(Window).ShouldBe(WindowSide.Before);
        books.Changes[later.Id].SideOf(Window).ShouldBe(WindowSide.Inside);
    }

    [Fact]
    public void Reserve_TakesTheCopiesHere_AndKeepsThemOutOfReads()
    {
        var books = Books(5).Reserve(Reservation, Noon);

        books.Items[Product].Quantity.ShouldBe(3);
        books.Changes[Reservation.Id].State.ShouldBe(ChangeState.Reserved);
        books.Changes[Reservation.Id].SideOf(Window).ShouldBe(WindowSide.After);
        PushRule.MaySend(books.Changes[Reservation.Id], []).ShouldBeFalse("a push leaves it alone");
        books.Gather(Product).Changes[Reservation.Id].State.ShouldBe(ChangeState.Reserved);
        Should.Throw<InvalidOperationException>(() => Books(1).Reserve(Reservation, Noon));
    }

    [Theory]
    [InlineData(5, 3, 5)]
    [InlineData(4, 3, 4)]
    [InlineData(1, 3, 3)]
    public void Release_GivesBack_WhatTheLastReadLeaves(int read, int held, int left)
    {
        var books = Books(5).Reserve(Reservation, Noon);
        var item = books.Items[Product] with { Quantity = held, LastRead = new(Window, read) };
        books = books with { Items = books.Items.SetItem(Product, item) };

        var released = books.Release(Reservation.Id, Noon);

        released.Items[Product].Quantity.ShouldBe(left);
        released.Changes[Reservation.Id].State.ShouldBe(ChangeState.Superseded);
        released.Rereads.ShouldContainKey(Product);
    }

    [Theory]
    [InlineData(nameof(SendOutcome.Done), nameof(ChangeState.Acknowledged), 3)]
    [InlineData(nameof(SendOutcome.AnswerLost), nameof(ChangeState.InDoubt), 3)]
    [InlineData(nameof(SendOutcome.NotSent), nameof(ChangeState.Superseded), 5)]
    [InlineData(nameof(SendOutcome.Rejected), nameof(ChangeState.Superseded), 5)]
    [InlineData(nameof(SendOutcome.NotThere), nameof(ChangeState.Superseded), 0)]
    public void Answer_OfAPurchase_SellsOrGivesBack(string outcome, string state, int left)
    {
        var books = Books(5).Reserve(Reservation, Noon).Send(Reservation.Id, Noon, new Reading(Window, 4));
        books.Changes[Reservation.Id].Baseline.ShouldBe(new Reading(Window, 4));

        var answered = books.Answer(Reservation.Id, Enum.Parse<SendOutcome>(outcome), Noon);

        answered.Changes[Reservation.Id].State.ToString().ShouldBe(state);
        answered.Items[Product].Quantity.ShouldBe(left);
    }

    private static LocalChange Reservation { get; } = new()
    {
        Id = new Guid(1, 0, 0, new byte[8]), Product = Product, Kind = ChangeKind.Adjust, Delta = -2, Sequence = 5,
        State = ChangeState.Reserved, IsReservation = true,
    };

    private static LocalChange Other(int delta, string state) => new()
    {
        Id = Guid.NewGuid(), Product = Product, Kind = ChangeKind.Adjust, Delta = delta, Sequence = 9,
        State = Enum.Parse<ChangeState>(state),
    };

    private static string Decide(int there, params LocalChange[] others) =>
        ReservationRule.Decide(Reservation, new Reading(Window, there), [], [], [Reservation, .. others]).ToString();

    private static AccountBooks Books(int quantity, params LocalChange[] changes) => AccountBooks.Empty with
    {
        Items = AccountBooks.Empty.Items.Add(Product, new StockItem { Product = Product, Quantity = quantity }),
        Changes = AccountBooks.Empty.Changes.AddRange(changes.Select(change => KeyValuePair.Create(change.Id, change))),
    };
}
