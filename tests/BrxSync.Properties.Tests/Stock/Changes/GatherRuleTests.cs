using BrxSync.Client;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Properties.Tests.Stock.Changes;

/// <summary>As few calls as possible, none of them with another effect than all of the changes one by one.</summary>
public sealed class GatherRuleTests
{
    private static readonly ProductId Product = new(7);

    [Fact]
    public void Gather_Adjustments_AddUpInTheFirst()
    {
        var (first, second, third) = (Adjust(1, -2), Adjust(2, -3), Adjust(3, 1));

        var gathered = Gather([third, first, second]);

        gathered[first.Id].ShouldBe(first with { Delta = -4 });
        gathered[second.Id].ShouldBe(second with { State = ChangeState.Superseded, MergedInto = first.Id });
        gathered[third.Id].ShouldBe(third with { State = ChangeState.Superseded, MergedInto = first.Id });
    }

    [Fact]
    public void Gather_AdjustmentsThatTakeThemselvesBack_AreNotSent()
    {
        var (first, second) = (Adjust(1, -2), Adjust(2, 2));

        var gathered = Gather([first, second]);

        gathered.Values.ShouldAllBe(change => change.State == ChangeState.Superseded && change.MergedInto == null);
        gathered.Count.ShouldBe(2);
    }

    [Fact]
    public void Gather_CopiesAddedToThoseThatWereNotThere_AreAllSent()
    {
        // One copy was to be held back and turned out to be sold; then two came, one of them to be held back.
        var (first, second) = (Adjust(1, -1) with { HeldBack = 1, Short = 1 }, Adjust(2, 1) with { HeldBack = 1 });

        var gathered = Gather([first, second]);

        gathered[first.Id].ShouldBe(first with { Delta = 1, HeldBack = 1, Short = 0 });
        gathered[second.Id].MergedInto.ShouldBe(first.Id);
    }

    [Fact]
    public void Gather_FewerCopiesAddedThanTaken_KeepsWhatWasNotThere()
    {
        var (first, second) = (Adjust(1, -4) with { Short = 2 }, Adjust(2, 1));

        Gather([first, second])[first.Id].ShouldBe(first with { Delta = -3 });
    }

    [Theory]
    [InlineData(nameof(ChangeState.Sent))]
    [InlineData(nameof(ChangeState.InDoubt))]
    [InlineData(nameof(ChangeState.Acknowledged))]
    [InlineData(nameof(ChangeState.Failed))]
    public void Gather_ChangeThatMayHaveHadItsEffect_IsLeftAlone(string state)
    {
        var sent = Adjust(1, -2) with { State = Enum.Parse<ChangeState>(state) };

        Gather([sent, Adjust(2, 2)]).ShouldBeEmpty();
    }

    [Fact]
    public void Gather_Fields_GoOutOnce()
    {
        var (first, second) = (Set(1, ItemFields.Price), Set(2, ItemFields.Description));

        var gathered = Gather([first, second]);

        gathered[first.Id].Fields.ShouldBe(ItemFields.Price | ItemFields.Description);
        gathered[second.Id].MergedInto.ShouldBe(first.Id);
    }

    [Fact]
    public void Gather_FieldTakenBack_IsNotSent()
    {
        var (first, second) = (Set(1, ItemFields.Price), Set(2, ItemFields.Price | ItemFields.Graded));

        var gathered = Gather([first, second], ItemFields.Price);

        gathered[first.Id].Fields.ShouldBe(ItemFields.Graded);
        Gather([first, first with { Id = Guid.NewGuid() }], ItemFields.Price).Values
            .ShouldAllBe(change => change.State == ChangeState.Superseded && change.MergedInto == null);
    }

    [Fact]
    public void Gather_FieldTakenBackAfterATryWhoseAnswerWasLost_IsSent()
    {
        var (first, second) = (Set(1, ItemFields.Price) with { SentAt = DateTimeOffset.UnixEpoch }, Set(2, ItemFields.Price));

        var gathered = Gather([first, second], ItemFields.Price);

        gathered[second.Id].MergedInto.ShouldBe(first.Id);
        gathered.ShouldNotContainKey(first.Id);
    }

    [Fact]
    public void Gather_QuantityAndFields_StayTwoCalls() => Gather([Adjust(1, -2), Set(2, ItemFields.Price)]).ShouldBeEmpty();

    [Fact]
    public void Gather_ListingThatWaits_CarriesAllElse()
    {
        var (create, sale, price) = (Of(2, ChangeKind.Create), Adjust(1, -1), Set(3, ItemFields.Price));

        var gathered = Gather([create, sale, price]);

        gathered.ShouldNotContainKey(create.Id);
        gathered[sale.Id].MergedInto.ShouldBe(create.Id);
        gathered[price.Id].MergedInto.ShouldBe(create.Id);
    }

    [Fact]
    public void Gather_ListingThatWaitsAndIsDeleted_IsNotSentAtAll()
    {
        var gathered = Gather([Of(1, ChangeKind.Create), Adjust(2, -1), Of(3, ChangeKind.Delete)]);

        gathered.Count.ShouldBe(3);
        gathered.Values.ShouldAllBe(change => change.State == ChangeState.Superseded && change.MergedInto == null);
    }

    [Fact]
    public void Gather_Deletion_CarriesAllElse()
    {
        var (delete, sale) = (Of(3, ChangeKind.Delete), Adjust(1, -1));

        var gathered = Gather([sale, Set(2, ItemFields.Price), delete]);

        gathered.ShouldNotContainKey(delete.Id);
        gathered[sale.Id].MergedInto.ShouldBe(delete.Id);
        gathered.Count.ShouldBe(2);
    }

    private static Dictionary<Guid, LocalChange> Gather(LocalChange[] changes, ItemFields takenBack = ItemFields.None) =>
        GatherRule.Gather(changes, takenBack).ToDictionary(change => change.Id);

    private static LocalChange Adjust(long sequence, int delta) => Of(sequence, ChangeKind.Adjust) with { Delta = delta };

    private static LocalChange Set(long sequence, ItemFields fields) => Of(sequence, ChangeKind.SetFields) with { Fields = fields };

    private static LocalChange Of(long sequence, ChangeKind kind) =>
        new() { Id = Guid.NewGuid(), Product = Product, Kind = kind, Sequence = sequence, State = ChangeState.Waiting };
}
