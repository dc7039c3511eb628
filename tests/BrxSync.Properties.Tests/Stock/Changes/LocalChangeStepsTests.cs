using System.Collections.Immutable;
using BrxSync.Client;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Properties.Tests.Stock.Changes;

/// <summary>The life of our own changes, step by step.</summary>
public sealed class LocalChangeStepsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly ProductId Product = new(7);
    private static readonly ProductId Provisional = ProvisionalProduct.Of(3);

    [Fact]
    public void Edit_MoreThanThereIs_IsRefused() =>
        Should.Throw<InvalidOperationException>(() => Stocked(Product, 2).Edit(Adjust(-3), Noon));

    [Fact]
    public void Edit_Deletion_TakesTheItemOutOfView()
    {
        var item = Stocked(Product, 2).Edit(Of(Product, ChangeKind.Delete), Noon).Items[Product];

        (item.Quantity, item.Presence.IsRemoved, item.ChangedLocallyAt).ShouldBe((0, true, Noon));
    }

    [Fact]
    public void Edit_ItemThatIsKeptHere_IsNeverSent()
    {
        var change = Adjust(-1);

        Stocked(Product, 2).Edit(change, Noon, isSent: false).Changes[change.Id].State.ShouldBe(ChangeState.LocalOnly);
    }

    [Fact]
    public void Send_Adjustment_KeepsWhatWasReadBefore()
    {
        var read = new Reading(new SnapshotWindow(Noon.AddHours(-1), Noon.AddMinutes(-59)), 5);
        var change = Adjust(-1) with { State = ChangeState.Waiting };
        var books = With(Stocked(Product, 5), change);
        books = books with { Items = books.Items.SetItem(Product, books.Items[Product] with { LastRead = read }) };

        var sent = books.Send(change.Id, Noon).Changes[change.Id];

        (sent.State, sent.SentAt, sent.Baseline, sent.Delta).ShouldBe((ChangeState.Sent, Noon, read, -1));
    }

    [Fact]
    public void Send_Listing_SendsWhatThereIsNow()
    {
        var create = Of(Provisional, ChangeKind.Create);
        var books = AccountBooks.Empty.Offer(create, 5, isSent: true, Noon).Edit(Adjust(-2) with { Product = Provisional }, Noon);

        books.Gather(Provisional).Send(create.Id, Noon).Changes[create.Id].Delta.ShouldBe(3);
    }

    [Fact]
    public void Send_BehindAnotherInDoubt_IsRefused()
    {
        var (doubtful, next) = (Adjust(-1) with { State = ChangeState.InDoubt }, Adjust(-1) with { State = ChangeState.Waiting });

        Should.Throw<InvalidOperationException>(() => With(Stocked(Product, 5), doubtful, next).Send(next.Id, Noon));
    }

    [Fact]
    public void Answer_RepeatableChangeRefusedAfterALostAnswer_MayStillHaveHadItsEffect()
    {
        var change = Of(Product, ChangeKind.SetFields) with { State = ChangeState.Sent, SentAt = Noon, Fields = ItemFields.Price };
        var books = With(Stocked(Product, 5), change).Answer(change.Id, SendOutcome.AnswerLost, Noon).Send(change.Id, Noon.AddMinutes(1));

        var refused = books.Answer(change.Id, SendOutcome.NotSent, Noon.AddMinutes(2)).Changes[change.Id];

        (refused.State, refused.SentAt is null).ShouldBe((ChangeState.Waiting, false));
    }

    [Fact]
    public void Answer_AdjustmentThatDidNotGoOut_WaitsAsIfItHadNeverBeenSent()
    {
        var change = Adjust(-1) with { State = ChangeState.Sent, SentAt = Noon };

        var waiting = With(Stocked(Product, 5), change).Answer(change.Id, SendOutcome.NotSent, Noon);

        (waiting.Changes[change.Id].State, waiting.Changes[change.Id].SentAt).ShouldBe((ChangeState.Waiting, null));
        waiting.Rereads.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, nameof(ChangeState.Superseded))]
    [InlineData(2, nameof(ChangeState.Failed))]
    public void Answer_FieldsOfAProductThatIsGone_FailOnlyWhereCopiesAreLeftHere(int quantity, string state)
    {
        var change = Of(Product, ChangeKind.SetFields) with { State = ChangeState.Sent, SentAt = Noon, Fields = ItemFields.Price };

        var books = With(Stocked(Product, quantity), change).Answer(change.Id, SendOutcome.NotThere, Noon);

        books.Changes[change.Id].State.ToString().ShouldBe(state);
        books.Rereads.ShouldContainKey(Product);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Answer_ListingThatFailed_LeavesNothingWaitingForIt(bool isGivenUp)
    {
        var create = Of(Provisional, ChangeKind.Create) with { State = ChangeState.Sent, SentAt = Noon };
        var sale = Adjust(-1) with { Product = Provisional, State = ChangeState.Waiting };
        var books = With(Stocked(Provisional, 3), create, sale);

        var failed = isGivenUp ? books.GiveUp(create.Id, Noon) : books.Answer(create.Id, SendOutcome.Rejected, Noon);

        (failed.Changes[create.Id].State, failed.Changes[sale.Id].State).ShouldBe((ChangeState.Failed, ChangeState.LocalOnly));
        failed.Rereads.ShouldBeEmpty();
    }

    [Fact]
    public void Answer_ListingThatDidNotGoOut_KeepsWhatWaitsBehindIt()
    {
        var create = Of(Provisional, ChangeKind.Create) with { State = ChangeState.Sent, SentAt = Noon };
        var sale = Adjust(-1) with { Product = Provisional, State = ChangeState.Waiting };

        With(Stocked(Provisional, 3), create, sale).Answer(create.Id, SendOutcome.NotSent, Noon)
            .Changes[sale.Id].State.ShouldBe(ChangeState.Waiting);
    }

    [Fact]
    public void GiveUp_Adjustment_AsksForARead()
    {
        var change = Adjust(-1) with { State = ChangeState.Waiting };

        var books = With(Stocked(Product, 4), change).GiveUp(change.Id, Noon);

        (books.Changes[change.Id].State, books.Rereads.ContainsKey(Product)).ShouldBe((ChangeState.Failed, true));
    }

    [Fact]
    public void Withdraw_NothingLeftToSell_TakesBackWhatWaits()
    {
        var create = Of(Provisional, ChangeKind.Create) with { State = ChangeState.Waiting };
        var done = Adjust(-1) with { Product = Provisional, State = ChangeState.Acknowledged };

        var books = With(Stocked(Provisional, 0), create, done).Withdraw(Provisional);

        (books.Changes[create.Id].State, books.Changes[done.Id].State).ShouldBe((ChangeState.Superseded, ChangeState.Acknowledged));
    }

    [Fact]
    public void Link_NewProduct_TakesOverCopiesAndWhatWaits()
    {
        var (books, create) = Listed(3, Adjust(-1));

        var linked = books.Link(create.Id, Product, Guid.NewGuid(), Noon.AddMinutes(1));

        (linked.Items[Product].Quantity, linked.Items[Provisional].Quantity).ShouldBe((2, 0));
        linked.Changes.Values.ShouldAllBe(change => change.Product == Product);
        linked.Changes[create.Id].State.ShouldBe(ChangeState.Acknowledged);
        linked.Links[Provisional].ShouldBe(Product);
        linked.Rereads.ShouldContainKey(Product);
        linked.Items[Product].Presence.ShouldBe(Presence.OnSale);
    }

    [Fact]
    public void Link_EqualProductThatWasReadBefore_AddsTheCopies() => Merged(Noon.AddHours(-1)).ShouldBe(5 + 3 - 1);

    [Fact]
    public void Link_EqualProductThatMayHaveBeenReadWithThem_AddsNothingTwice() => Merged(Noon.AddSeconds(30)).ShouldBe(5 - 1);

    [Fact]
    public void Link_DeletedMeanwhile_StaysOutOfView()
    {
        var (books, create) = Listed(3);
        var deleted = Of(Provisional, ChangeKind.Delete);

        var linked = books.Edit(deleted, Noon).Link(create.Id, Product, Guid.NewGuid(), Noon.AddMinutes(1));

        (linked.Items[Product].Quantity, linked.Items[Product].Presence.IsRemoved).ShouldBe((0, true));
        (linked.Changes[deleted.Id].State, linked.Changes[deleted.Id].Product).ShouldBe((ChangeState.Waiting, Product));
    }

    [Fact]
    public void Link_DeletedMeanwhileButAddedToAnEqualProduct_TakesItsOwnCopiesBackAndNoOthers()
    {
        var (books, create) = Listed(3, Adjust(-1));
        var (deleted, withdrawal) = (Of(Provisional, ChangeKind.Delete), Guid.NewGuid());
        books = books with { Items = books.Items.SetItem(Product, Item(Product, 5, Noon.AddHours(-1))) };

        var linked = books.Edit(deleted, Noon).Link(create.Id, Product, withdrawal, Noon.AddMinutes(1));

        linked.Items[Product].Quantity.ShouldBe(5);
        linked.Changes[deleted.Id].State.ShouldBe(ChangeState.Superseded);
        linked.Changes[deleted.Id].MergedInto.ShouldBe(withdrawal);
        (linked.Changes[withdrawal].Kind, linked.Changes[withdrawal].Delta, linked.Changes[withdrawal].Product)
            .ShouldBe((ChangeKind.Adjust, -3, Product));
        linked.Changes.Values.Count(change => change.State == ChangeState.Waiting).ShouldBe(1);
    }

    [Fact]
    public void SellOut_ProductJustLinked_HasNoCopies()
    {
        var (books, create) = Listed(3);

        var sold = books.Link(create.Id, Product, Guid.NewGuid(), Noon).SellOut(Product).Items[Product];

        (sold.Quantity, sold.Presence).ShouldBe((0, Presence.SoldOut));
    }

    private static int Merged(DateTimeOffset read)
    {
        var (books, create) = Listed(3, Adjust(-1));
        books = books with { Items = books.Items.SetItem(Product, Item(Product, 5, read)) };
        var linked = books.Link(create.Id, Product, Guid.NewGuid(), Noon.AddMinutes(1));
        linked.Links.ShouldBeEmpty("the product has an item already");
        return linked.Items[Product].Quantity;
    }

    /// <summary>A listing on its way since noon, and what was sold of it since.</summary>
    private static (AccountBooks Books, LocalChange Create) Listed(int copies, params LocalChange[] since)
    {
        var create = Of(Provisional, ChangeKind.Create);
        var books = AccountBooks.Empty.Offer(create, copies, isSent: true, Noon).Send(create.Id, Noon);
        return (since.Aggregate(books, (all, change) => all.Edit(change with { Product = Provisional }, Noon)), create);
    }

    private static AccountBooks Stocked(ProductId product, int copies) => AccountBooks.Empty with
    {
        Items = ImmutableDictionary<ProductId, StockItem>.Empty.Add(product, Item(product, copies, null)),
    };

    private static StockItem Item(ProductId product, int copies, DateTimeOffset? read) => new()
    {
        Product = product,
        Quantity = copies,
        Presence = Presence.Seen(copies),
        LastRead = read is { } at ? new Reading(new SnapshotWindow(at, at.AddSeconds(2)), copies) : null,
    };

    private static AccountBooks With(AccountBooks books, params LocalChange[] changes) =>
        books with { Changes = books.Changes.SetItems(changes.Select(change => KeyValuePair.Create(change.Id, change))) };

    private static LocalChange Adjust(int delta) => Of(Product, ChangeKind.Adjust) with { Delta = delta };

    private static LocalChange Of(ProductId product, ChangeKind kind) => new() { Id = Guid.NewGuid(), Product = product, Kind = kind };
}
