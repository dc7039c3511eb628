using BrxSync.Client;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Properties.Tests.Stock.Changes;

public sealed class PushRuleTests
{
    private static readonly ProductId Product = new(7);
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(nameof(ChangeKind.Adjust), nameof(ChangeState.InDoubt))]
    [InlineData(nameof(ChangeKind.Create), nameof(ChangeState.InDoubt))]
    [InlineData(nameof(ChangeKind.SetFields), nameof(ChangeState.Waiting))]
    [InlineData(nameof(ChangeKind.Delete), nameof(ChangeState.Waiting))]
    public void After_AnswerLost_IsRepeatedOnlyWhenThatChangesNothingMore(string kind, string state) =>
        PushRule.After(Enum.Parse<ChangeKind>(kind), SendOutcome.AnswerLost, 1).ToString().ShouldBe(state);

    [Theory]
    [InlineData(nameof(ChangeKind.Adjust))]
    [InlineData(nameof(ChangeKind.Create))]
    [InlineData(nameof(ChangeKind.SetFields))]
    [InlineData(nameof(ChangeKind.Delete))]
    public void After_EachKind_IsSettledByCertainAnswers(string name)
    {
        var kind = Enum.Parse<ChangeKind>(name);

        PushRule.After(kind, SendOutcome.Done, 1).ShouldBe(ChangeState.Acknowledged);
        PushRule.After(kind, SendOutcome.NotSent, 1).ShouldBe(ChangeState.Waiting);
        PushRule.After(kind, SendOutcome.Rejected, 1).ShouldBe(ChangeState.Failed);
        PushRule.After(kind, SendOutcome.NotThere, 1).ShouldBe(kind == ChangeKind.Delete ? ChangeState.Acknowledged : ChangeState.Failed);
    }

    [Theory]
    [InlineData(nameof(ChangeState.Sent), false)]
    [InlineData(nameof(ChangeState.InDoubt), false)]
    [InlineData(nameof(ChangeState.Waiting), true)]
    [InlineData(nameof(ChangeState.Acknowledged), true)]
    [InlineData(nameof(ChangeState.Failed), true)]
    public void MaySend_AnotherAdjustmentOfTheProduct_WaitsWhileThatIsUndecided(string other, bool may)
    {
        var change = Adjust(-1);

        PushRule.MaySend(change, [change, Adjust(-1) with { Id = Guid.NewGuid(), State = Enum.Parse<ChangeState>(other) }]).ShouldBe(may);
    }

    [Theory]
    [InlineData(nameof(ChangeState.Sent))]
    [InlineData(nameof(ChangeState.InDoubt))]
    [InlineData(nameof(ChangeState.Acknowledged))]
    [InlineData(nameof(ChangeState.Failed))]
    public void MaySend_ChangeThatIsNotWaiting_IsNotSentAgain(string state) =>
        PushRule.MaySend(Adjust(-1) with { State = Enum.Parse<ChangeState>(state) }, []).ShouldBeFalse();

    [Theory]
    [InlineData(10, 8, nameof(DoubtVerdict.HadEffect))]
    [InlineData(10, 10, nameof(DoubtVerdict.HadNoEffect))]
    [InlineData(10, 9, nameof(DoubtVerdict.Unexplained))]
    [InlineData(1, 0, nameof(DoubtVerdict.HadEffect))] // more was taken than there was: the product is gone
    public void Decide_NothingElseHappened_ComparesWithTheBaseline(int before, int now, string verdict) =>
        Decide(before, now).ToString().ShouldBe(verdict);

    [Fact]
    public void Decide_SaleBetween_IsTakenIntoAccount()
    {
        var sale = new SalePart(new SaleTime(Noon.AddSeconds(30), true), 2);

        Decide(10, 8, sale).ShouldBe(DoubtVerdict.HadNoEffect);
        Decide(10, 6, sale).ShouldBe(DoubtVerdict.HadEffect);
    }

    [Theory]
    [InlineData(10 + 3, nameof(DoubtVerdict.HadNoEffect))]
    [InlineData(10 + 3 - 2, nameof(DoubtVerdict.HadEffect))]
    public void Decide_CopiesThatAListingAddedBetween_AreTakenIntoAccount(int now, string verdict)
    {
        var listed = Adjust(3) with
        {
            Kind = ChangeKind.Create, State = ChangeState.Acknowledged, SentAt = Noon.AddSeconds(5), AnsweredAt = Noon.AddSeconds(8),
        };

        DoubtRule.Decide(InDoubt(10), Read(60, now), false, [], [listed], false, Noon.AddDays(1)).ToString().ShouldBe(verdict);
    }

    [Fact]
    public void Decide_SaleWhileCardTraderLooked_WaitsForAnotherRead() =>
        Decide(10, 8, new SalePart(new SaleTime(Noon.AddSeconds(61), true), 2)).ShouldBe(DoubtVerdict.Open);

    [Theory]
    [InlineData(1, 10, nameof(DoubtVerdict.HadNoEffect))] // the baseline had the sale
    [InlineData(1, 9, nameof(DoubtVerdict.HadNoEffect))] // it had not
    [InlineData(1, 8, nameof(DoubtVerdict.HadEffect))]
    [InlineData(1, 7, nameof(DoubtVerdict.HadEffect))]
    [InlineData(2, 8, nameof(DoubtVerdict.Unexplained))] // the sale alone, or the change alone
    public void Decide_SaleAroundTheBaseline_DecidesOnlyWhatBothPossibilitiesAllow(int sold, int now, string verdict) =>
        Decide(10, now, new SalePart(new SaleTime(Noon.AddSeconds(1), true), sold)).ToString().ShouldBe(verdict);

    [Theory]
    [InlineData(10, 0, nameof(DoubtVerdict.HadNoEffect))] // another buyer had them all
    [InlineData(9, 1, nameof(DoubtVerdict.HadNoEffect))]
    [InlineData(9, 0, nameof(DoubtVerdict.Unexplained))] // one of its two copies was taken
    [InlineData(8, 0, nameof(DoubtVerdict.HadEffect))]
    public void Decide_Purchase_IsSoldOnlyWhenAllItsCopiesWereTaken(int sold, int now, string verdict) =>
        DoubtRule.Decide(
            InDoubt(10) with { IsReservation = true },
            Read(60, now),
            false,
            [new SalePart(new SaleTime(Noon.AddSeconds(5), true), sold)],
            [],
            false,
            Noon.AddDays(1)).ToString().ShouldBe(verdict);

    [Fact]
    public void Decide_OrdersNotKnownUpToTheRead_Waits() =>
        DoubtRule.Decide(InDoubt(10), Read(60, 8), false, [], [], false, Noon.AddSeconds(61)).ShouldBe(DoubtVerdict.Open);

    [Fact]
    public void Decide_ReadFromBeforeItWasSent_Waits() =>
        DoubtRule.Decide(InDoubt(10), Read(5, 8), false, [], [], false, Noon.AddDays(1)).ShouldBe(DoubtVerdict.Open);

    [Fact]
    public void Decide_ReadKnownToBeLaterWhateverTheClocksSay_Decides() =>
        DoubtRule.Decide(InDoubt(10), Read(5, 8), true, [], [], false, Noon.AddDays(1)).ShouldBe(DoubtVerdict.HadEffect);

    [Fact]
    public void Decide_TimeOfSendingTakenBack_WaitsForAReadThatIsKnownToBeLater()
    {
        var change = InDoubt(10).NoLaterThan(Noon.AddSeconds(9));

        DoubtRule.Decide(change, Read(60, 8), false, [], [], false, Noon.AddDays(1)).ShouldBe(DoubtVerdict.Open);
        DoubtRule.Decide(change, Read(60, 8), true, [], [], false, Noon.AddDays(1)).ShouldBe(DoubtVerdict.HadEffect);
    }

    [Fact]
    public void Decide_SomeSaleEndedOrNoBaseline_LeavesItToAPerson()
    {
        DoubtRule.Decide(InDoubt(10), Read(60, 8), false, [], [], true, Noon.AddDays(1)).ShouldBe(DoubtVerdict.Unexplained);
        DoubtRule.Decide(InDoubt(10) with { Baseline = null }, Read(60, 8), false, [], [], false, Noon.AddDays(1))
            .ShouldBe(DoubtVerdict.Unexplained);
    }

    private static DoubtVerdict Decide(int before, int now, params SalePart[] sales) =>
        DoubtRule.Decide(InDoubt(before), Read(60, now), false, sales, [], false, Noon.AddDays(1));

    private static LocalChange InDoubt(int before) =>
        Adjust(-2) with { State = ChangeState.InDoubt, SentAt = Noon.AddSeconds(10), Baseline = Read(0, before) };

    private static LocalChange Adjust(int delta) =>
        new() { Id = Guid.NewGuid(), Product = Product, Kind = ChangeKind.Adjust, Delta = delta };

    private static Reading Read(int second, int quantity) =>
        new(new SnapshotWindow(Noon.AddSeconds(second), Noon.AddSeconds(second + 2)), quantity);
}
