using BrxSync.Client;
using BrxSync.Sync;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Properties.Tests.Stock;

/// <summary>Copies that are held back: no read invents or loses them, whatever becomes of the changes that move them.</summary>
public sealed class HoldingStepsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Start.AddHours(1);
    private static readonly ProductId Product = new(1);
    private static readonly Dictionary<ProductId, DateTimeOffset> Nothing = [];

    [Theory]
    [InlineData(0, 0, 10, 0)]
    [InlineData(3, 0, 10, 3)]
    [InlineData(3, 0, 2, 2)] // never more than there are
    [InlineData(0, 25, 10, 3)] // rounded up
    [InlineData(0, 25, 8, 2)]
    [InlineData(0, 100, 8, 8)]
    [InlineData(0, 1, 1, 1)]
    [InlineData(4, 25, 8, 4)] // whichever is more
    [InlineData(0, 25, 0, 0)]
    [InlineData(0, 100, int.MaxValue, int.MaxValue)]
    public void Of_SomeCopies_KeepsTheLargerOfBothBack(int copies, int percent, int quantity, int expected) =>
        new SafetyStock { Copies = copies, Percent = percent }.Of(quantity).ShouldBe(expected);

    [Theory]
    [InlineData(5, 2, 0, -2, 2)]
    [InlineData(5, 2, 3, 1, 2)]
    [InlineData(1, 2, 0, -1, 1)]
    [InlineData(1, 2, 3, 1, 2)]
    [InlineData(5, 2, -1, -3, 2)]
    [InlineData(5, 2, -4, -5, 1)]
    public void Divide_FixedNumber_LeavesTheRestListed(int listed, int safetyStock, int added, int listedMore, int heldMore)
    {
        var books = Stocked(listed) with { SafetyStock = new SafetyStock { Copies = safetyStock } };

        books.Divide(books.Items[Product], added).ShouldBe((listedMore, heldMore));
    }

    [Fact]
    public void Divide_FewerCopiesNeedASmallerShare_PutsNoneOnSale()
    {
        var books = Held(listed: 5, heldBack: 5);
        books = books.Keep(Product, new SafetyStock { Percent = 10 });

        books.Divide(books.Items[Product], -1).ShouldBe((0, -1), "moving the others is a step of its own");
        books.Divide(books.Items[Product], 0).ShouldBe((4, -4));
    }

    [Fact]
    public void Divide_ItemThatIsKeptHereAlone_HoldsNothingBack()
    {
        var provisional = ProvisionalProduct.Of(3);
        var books = AccountBooks.Empty.Offer(
            new LocalChange { Id = Guid.NewGuid(), Product = provisional, Kind = ChangeKind.Create }, 5, isSent: false, Start);
        books = books with { SafetyStock = new SafetyStock { Copies = 2 } };

        books.Divide(books.Items[provisional], 1).ShouldBe((1, 0));
    }

    [Fact]
    public void Divide_ItemThatIsAboutToBeOnSale_HoldsItsSafetyStockBack()
    {
        var provisional = ProvisionalProduct.Of(3);
        var books = AccountBooks.Empty.Offer(
            new LocalChange { Id = Guid.NewGuid(), Product = provisional, Kind = ChangeKind.Create }, 5, isSent: true, Start);
        books = books with { SafetyStock = new SafetyStock { Copies = 2 } };

        books.Divide(books.Items[provisional], 0).ShouldBe((-2, 2));
    }

    [Fact]
    public void Keep_OwnSafetyStock_GoesBeforeThatOfTheAccountAndIsDue()
    {
        var books = (Stocked(5) with { SafetyStock = new SafetyStock { Copies = 1 } }).Keep(Product, new SafetyStock { Copies = 3 });

        (books.Items[Product].Hold, books.Divide(books.Items[Product], 0)).ShouldBe((HoldState.Due, (-3, 3)));
        books.Journal[^1].ShouldBe(new QuantityChange(Product, JournalCause.Edit, 5, 5, 0, ItemFields.HeldBack));
        books.Keep(Product, SafetyStock.None).Items[Product].Hold.ShouldBe(HoldState.Kept);
    }

    [Fact]
    public void Edit_Move_LeavesAllCopiesAsMany()
    {
        var books = Moved(5, 2);

        (books.Items[Product].Quantity, books.Items[Product].HeldBack, books.Items[Product].Copies).ShouldBe((3, 2, 5));
        books.Journal.Skip(1).ShouldAllBe(line => line == new QuantityChange(Product, JournalCause.Edit, 5, 5, 0, ItemFields.HeldBack));
        books.Journal.Count.ShouldBe(3, "the first read, the safety stock, the move");
        books.Changes.Values.Single().State.ShouldBe(ChangeState.Waiting);
    }

    [Fact]
    public void Edit_MoreThanIsHeldBack_IsRefused() =>
        Should.Throw<InvalidOperationException>(() => Held(3, 1).Edit(Change(0, -2), Later));

    [Fact]
    public void Edit_Deletion_LeavesNothing() =>
        Held(3, 2).Edit(Change(0, 0) with { Kind = ChangeKind.Delete }, Later).Items[Product].Copies.ShouldBe(0);

    [Fact]
    public void ApplyReread_WhatIsThereAndWhatIsHeldBack_MakeUpAllCopies()
    {
        Read(Held(3, 2), Later, 4).Items[Product].Copies.ShouldBe(6);
        var gone = Read(Held(3, 2), Later, 0).Items[Product];
        (gone.Quantity, gone.HeldBack).ShouldBe((0, 2));
    }

    [Fact]
    public void ApplyReread_MoveIsOnItsWay_CountsItOnce()
    {
        var books = Read(Moved(5, 2), Later, 5);

        (books.Items[Product].Quantity, books.Items[Product].HeldBack).ShouldBe((3, 2));
    }

    [Fact]
    public void ApplySnapshot_ProductIsGoneAndCopiesAreHeldBack_StaysInView()
    {
        var books = Held(3, 2);
        for (var i = 1; i <= 3; i++)
        {
            books = Snapshot(books, Start.AddHours(i), []);
        }

        var item = books.Items[Product];
        (item.Copies, item.Presence.Status, item.Presence.IsRemoved).ShouldBe((2, ItemStatus.SoldOut, false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Answer_MoveWasRefused_HoldsNothingBack(bool isThere)
    {
        var books = Moved(5, 2);
        var id = books.Changes.Keys.Single();

        var item = books.Send(id, Later).Answer(id, isThere ? SendOutcome.Rejected : SendOutcome.NotThere, Later).Items[Product];

        (item.HeldBack, item.Hold).ShouldBe((0, isThere ? HoldState.GivenUp : HoldState.Due));
        item.Copies.ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    public void GiveUp_Move_HoldsNothingBackUntilAnEdit()
    {
        var books = Moved(5, 2);

        books = Read(books.GiveUp(books.Changes.Keys.Single(), Later), Start.AddHours(2), 5);

        (books.Items[Product].Quantity, books.Items[Product].HeldBack, books.Items[Product].Hold).ShouldBe((5, 0, HoldState.GivenUp));
        books.Edit(Change(-1, 0), Start.AddHours(3)).Items[Product].Hold.ShouldBe(HoldState.Due);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Answer_CopiesCouldNotBePutBack_AreStillHeldBack(bool isThere)
    {
        var books = Held(3, 2).Edit(Change(2, -2), Later);
        var id = books.Changes.Keys.Single();

        var item = books.Send(id, Later).Answer(id, isThere ? SendOutcome.Rejected : SendOutcome.NotThere, Later).Items[Product];

        (item.Quantity, item.HeldBack).ShouldBe((3, 2));
    }

    [Fact]
    public void Answer_SaleThatCardTraderHadNoCopyFor_TakesOneThatIsHeldBack()
    {
        var books = Held(1, 2).Edit(Change(-1, 0), Later);
        var id = books.Changes.Keys.Single();

        books = books.Send(id, Later).Answer(id, SendOutcome.NotThere, Later);

        (books.Items[Product].HeldBack, books.Changes[id].Short).ShouldBe((1, 1));
    }

    [Fact]
    public void Apply_SaleOfCopiesThatWereToBeHeldBack_TakesThemOff()
    {
        var books = Moved(5, 2).Apply(Sold(4, Later), Later.AddMinutes(1));

        (books.Items[Product].Quantity, books.Items[Product].HeldBack).ShouldBe((0, 1));
        books.Journal.Sum(line => line.Oversold).ShouldBe(0);
        var id = books.Changes.Keys.Single();
        books.Changes[id].Short.ShouldBe(1);
        Read(books, Later.AddHours(1), 1).Items[Product].HeldBack.ShouldBe(1, "a second look finds nothing new");
        books.Send(id, Later.AddMinutes(2)).Answer(id, SendOutcome.NotThere, Later.AddMinutes(2)).Items[Product].HeldBack.ShouldBe(0);
    }

    [Fact]
    public void ApplyReread_CopiesThatWereToBeHeldBackAreGone_TakesThemOffOnce()
    {
        var books = Read(Moved(5, 2), Later, 1);
        (books.Items[Product].Quantity, books.Items[Product].HeldBack).ShouldBe((0, 1));

        books = Read(books, Later.AddHours(1), 1);
        books.Items[Product].Copies.ShouldBe(1);

        books = Read(books, Later.AddHours(2), 3);
        (books.Items[Product].Quantity, books.Items[Product].HeldBack).ShouldBe((1, 2), "they are there after all");
    }

    [Fact]
    public void Apply_MoreIsSoldThanThereIs_IsAnOversell()
    {
        var books = Moved(3, 2).Apply(Sold(4, Later), Later.AddMinutes(1));

        (books.Items[Product].Copies, books.Journal.Sum(line => line.Oversold)).ShouldBe((0, 1));
    }

    [Fact]
    public void Apply_SaleFromBeforeAMoveIsKnownLate_TakesWhatTheMoveDidNotFind()
    {
        var books = Moved(5, 3);
        var id = books.Changes.Keys.Single();

        // CardTrader sells four, and takes off the one that is left.
        books = books.Send(id, Later).Answer(id, SendOutcome.Done, Later.AddSeconds(1));
        books = Read(books, Later.AddMinutes(10), 0);
        books.Items[Product].HeldBack.ShouldBe(3, "nobody knows of the sale");
        books = books.Apply(Sold(4, Later.AddMinutes(-1)), Later.AddMinutes(11));

        (books.Items[Product].Quantity, books.Items[Product].HeldBack).ShouldBe((0, 1));
        books.Apply(Sold(4, Later.AddMinutes(-1)), Later.AddMinutes(12)).Items[Product].HeldBack.ShouldBe(1);
    }

    [Fact]
    public void ApplyReread_OrdersAreKnownAfterAMove_ForgetsIt()
    {
        var books = Moved(5, 3);
        var id = books.Changes.Keys.Single();
        books = Read(books.Send(id, Later).Answer(id, SendOutcome.Done, Later), Later.AddMinutes(10), 2);
        books.Changes.ShouldContainKey(id, "a sale from before it may still become known");

        Read(books.WithOrdersKnownUntil(Later.AddMinutes(11)), Later.AddMinutes(20), 2).Changes.ShouldBeEmpty();
    }

    [Fact]
    public void ApplyReread_UndecidedMove_CountsTheSmallerNumber()
    {
        var books = Moved(5, 2);
        var id = books.Changes.Keys.Single();
        books = books.Send(id, Later).Answer(id, SendOutcome.AnswerLost, Later).WithOrdersKnownUntil(Later.AddHours(1).AddSeconds(2));

        // Somebody has put another number there: it is neither 5 nor 3.
        books = Read(books, Later.AddHours(1), 4);

        books.Changes.ShouldBeEmpty();
        (books.Items[Product].HeldBack, books.Items[Product].Copies, books.Items[Product].Hold).ShouldBe((0, 4, HoldState.GivenUp));
    }

    [Fact]
    public void Reserve_CopiesAreHeldBack_SellsThoseAndNothingIsSent()
    {
        var books = Held(3, 2).Reserve(Change(-2, 0), Later);

        var change = books.Changes.Values.Single();
        (change.State, change.Delta, change.HeldBack, change.IsReservation).ShouldBe((ChangeState.LocalOnly, 0, -2, true));
        (books.Items[Product].Quantity, books.Items[Product].HeldBack).ShouldBe((3, 0));
    }

    [Fact]
    public void Release_PurchaseOfBoth_GivesBothBack()
    {
        var books = Held(3, 2).Reserve(Change(-4, 0), Later);
        var change = books.Changes.Values.Single();
        (change.State, change.Delta).ShouldBe((ChangeState.Reserved, -2));
        (books.Items[Product].Quantity, books.Items[Product].HeldBack).ShouldBe((1, 0));

        books = books.Release(change.Id, Later);

        (books.Items[Product].Quantity, books.Items[Product].HeldBack).ShouldBe((3, 2));
        Should.Throw<InvalidOperationException>(() => Held(3, 2).Reserve(Change(-6, 0), Later));
    }

    [Fact]
    public void Answer_ProductOfAPurchaseIsGone_GivesTheHeldOnesBack()
    {
        var books = Held(3, 2).Reserve(Change(-4, 0), Later);
        var id = books.Changes.Keys.Single();

        var item = books.Send(id, Later).Answer(id, SendOutcome.NotThere, Later).Items[Product];

        (item.Quantity, item.HeldBack).ShouldBe((0, 2));
    }

    [Fact]
    public void IsAtRest_NumberThereIsInDoubt_IsFalse()
    {
        var books = Moved(5, 2);
        books.IsAtRest(Product).ShouldBeTrue();
        var id = books.Changes.Keys.Single();
        var sent = books.Send(id, Later);

        sent.IsAtRest(Product).ShouldBeFalse();
        sent.Answer(id, SendOutcome.AnswerLost, Later).IsAtRest(Product).ShouldBeFalse();
        books.Ask(Product, Later).IsAtRest(Product).ShouldBeFalse();
    }

    [Fact]
    public void Link_CopiesAreHeldBack_GoAlongWithTheItem()
    {
        var provisional = ProvisionalProduct.Of(3);
        var create = new LocalChange { Id = Guid.NewGuid(), Product = provisional, Kind = ChangeKind.Create };
        var own = new SafetyStock { Copies = 2 };
        var former = new StockItem { Product = provisional, Quantity = 4, HeldBack = 2, SafetyStock = own };
        var offered = Held(3, 1).Offer(create, 4, isSent: true, Later, former).Send(create.Id, Later);
        offered.Changes[create.Id].Delta.ShouldBe(4);

        var other = offered.Link(create.Id, new ProductId(9), Guid.NewGuid(), Later).Items[new ProductId(9)];
        (other.Quantity, other.HeldBack, other.SafetyStock).ShouldBe((4, 2, own));
        var merged = offered.Link(create.Id, Product, Guid.NewGuid(), Later);
        (merged.Items[Product].HeldBack, merged.Items[provisional].HeldBack).ShouldBe((3, 0));
    }

    [Fact]
    public void Gather_SaleAndMove_AddUp()
    {
        var books = Moved(5, 2).Edit(Change(-1, 0) with { Sequence = 2 }, Later).Gather(Product);

        var change = books.Changes.Values.Single(change => change.State == ChangeState.Waiting);
        (change.Delta, change.HeldBack, change.Moved).ShouldBe((-3, 2, 2));
        books = books.Edit(Change(-1, 1) with { Sequence = 3 }, Later).Gather(Product);
        change = books.Changes.Values.Single(other => other.State == ChangeState.Waiting);
        (change.Delta, change.HeldBack, change.Moved).ShouldBe((-4, 3, 3));
    }

    [Theory]
    [InlineData(-3, 2, 2)]
    [InlineData(-1, 2, 1)] // one of the two is new
    [InlineData(1, 1, 0)] // all are new
    [InlineData(2, -1, -1)] // one of the two is new
    [InlineData(-2, -1, 0)] // all are sold
    public void Moved_CopiesThatCameOrWent_AreNotMoved(int listed, int heldBack, int moved) =>
        Change(listed, heldBack).Moved.ShouldBe(moved);

    [Fact]
    public void ApplyReread_CopiesMayBeThereAfterAll_GivesThemBackWhenItIsCertain()
    {
        var books = Read(Moved(5, 2), Later, 1).Apply(Sold(1, Later.AddHours(1)), Later.AddHours(1));

        books = Read(books, Later.AddHours(1), 3);
        books.Items[Product].HeldBack.ShouldBe(0, "the sale came while CardTrader was looking");

        Read(books, Later.AddHours(2), 2).Items[Product].HeldBack.ShouldBe(2);
    }

    [Fact]
    public void Send_ProductThatIsStillThereAfterAMove_HasGivenAll()
    {
        // A sale in the second of the read before may be in its answer or not.
        var books = Moved(5, 3);
        var id = books.Changes.Keys.Single();
        books = books.Apply(Sold(2, Start), Later).Send(id, Later).Answer(id, SendOutcome.Done, Later.AddSeconds(1));
        books = books.Apply(Sold(1, Later, 2001), Later.AddSeconds(3));
        books.Items[Product].HeldBack.ShouldBe(2, "one of the copies may not have been there");

        books = Read(books, Later.AddMinutes(10), 1);

        (books.Items[Product].Quantity, books.Items[Product].HeldBack).ShouldBe((1, 3));
    }

    [Fact]
    public void Divide_CopiesAreOnTheirWayHere_AreNotSentBackBeforeTheyAreHere()
    {
        var books = Moved(5, 2);
        var id = books.Changes.Keys.Single();
        books = books.Keep(Product, SafetyStock.None);

        books.Divide(books.Items[Product], 0).ShouldBe((0, 0));
        books.Items[Product].Hold.ShouldBe(HoldState.Due, "they are once they are here");
        books.Divide(books.Items[Product], -4).ShouldBe((-2, -2), "what is sold is sold, wherever it is");
        books = books.Send(id, Later).Answer(id, SendOutcome.Done, Later.AddSeconds(1));
        books.Divide(books.Items[Product], 0).ShouldBe((2, -2));
    }

    [Fact]
    public void Divide_SomeOfTheCopiesOnTheirWayAreGone_CountsThoseThatAreHere()
    {
        var books = Held(listed: 5, heldBack: 2).Edit(Change(-4, 4), Start.AddMinutes(30)).Apply(Sold(3, Later), Later);
        books = books.Keep(Product, SafetyStock.None);

        (books.Items[Product].Quantity, books.Items[Product].HeldBack).ShouldBe((0, 4), "two of the four were sold before");
        books.OnTheShelf(books.Items[Product]).ShouldBe(2);
    }

    [Fact]
    public void Reserve_CopiesWaitToBeHeldBack_SellsThemAtTheMarketplace()
    {
        var books = Moved(5, 5);
        var move = books.Changes.Keys.Single();
        var purchase = Change(-2, 0) with { Sequence = 2 };

        books = books.Reserve(purchase, Later);

        (books.Items[Product].Quantity, books.Items[Product].HeldBack).ShouldBe((0, 3));
        (books.Changes[purchase.Id].Delta, books.Changes[purchase.Id].HeldBack, books.Changes[move].Short).ShouldBe((-2, 0, 2));
        books = books.Release(purchase.Id, Later);
        (books.Items[Product].Quantity, books.Items[Product].HeldBack, books.Changes[move].Short).ShouldBe((0, 5, 0));
    }

    [Fact]
    public void Reserve_CopiesAreJustTakenOffSale_IsRefusedThem()
    {
        var books = Moved(5, 3);
        books = books.Send(books.Changes.Keys.Single(), Later);

        books.Sellable(books.Items[Product]).ShouldBe(2);
        Should.Throw<InvalidOperationException>(() => books.Reserve(Change(-3, 0) with { Sequence = 2 }, Later));
        books.Reserve(Change(-2, 0) with { Sequence = 2 }, Later).Items[Product].Copies.ShouldBe(3);
    }

    [Fact]
    public void Answer_NeitherMoveNorWayBackFoundTheProduct_LeavesWhatIsThere()
    {
        var books = Moved(5, 4);
        var id = books.Changes.Keys.Single();
        books = books.Keep(Product, SafetyStock.None).Apply(Sold(5, Later), Later).Send(id, Later);

        books = books.Answer(id, SendOutcome.NotThere, Later.AddSeconds(1));

        books.Items[Product].Copies.ShouldBe(0);
    }

    private static AccountBooks Held(int listed, int heldBack)
    {
        var books = Stocked(listed);
        return books with { Items = books.Items.SetItem(Product, books.Items[Product] with { HeldBack = heldBack }) };
    }

    /// <summary>All copies are listed, and some are on their way to those held back.</summary>
    private static AccountBooks Moved(int copies, int moved) => Stocked(copies)
        .Keep(Product, new SafetyStock { Copies = moved })
        .Edit(Change(-moved, moved), Start.AddMinutes(30));

    private static LocalChange Change(int listed, int heldBack) => new()
    {
        Id = Guid.NewGuid(), Product = Product, Kind = ChangeKind.Adjust, Delta = listed, HeldBack = heldBack, Sequence = 1,
    };

    private static AccountBooks Read(AccountBooks books, DateTimeOffset at, int quantity) => books.ApplyReread(
        At(at),
        [Product],
        quantity > 0 ? new Dictionary<ProductId, int> { [Product] = quantity } : [],
        books.Rereads,
        at.AddSeconds(2));

    private static AccountBooks Stocked(int quantity) =>
        Snapshot(AccountBooks.Empty, Start, new Dictionary<ProductId, int> { [Product] = quantity });

    private static AccountBooks Snapshot(AccountBooks books, DateTimeOffset at, Dictionary<ProductId, int> rows) => books.ApplySnapshot(
        At(at), rows, new SnapshotVerdict(SnapshotOutcome.Applied, [], SnapshotConsent.None, "EUR"), Nothing, at.AddSeconds(2));

    private static SnapshotWindow At(DateTimeOffset instant) => SnapshotWindow.Around(instant, instant);

    private static OrderReport Sold(int copies, DateTimeOffset at, long order = 2000) => new()
    {
        Id = new OrderId(order),
        State = OrderState.Paid,
        Moment = OrderMoment.OfWebhook(at),
        ViaZero = false,
        Size = copies,
        Items = [new OrderItem { Id = new OrderItemId(order * 10), Product = Product, Quantity = copies, CreatedAt = at }],
    };
}
