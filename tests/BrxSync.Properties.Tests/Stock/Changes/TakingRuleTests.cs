using BrxSync.Client;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Properties.Tests.Stock.Changes;

/// <summary>How many copies the marketplace lacked for a change, without a word.</summary>
public sealed class TakingRuleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Reading Before = new(new SnapshotWindow(Noon, Noon.AddSeconds(10)), 5);

    [Theory]
    [InlineData(-60, 0)] // the read before has seen it
    [InlineData(5, 2)] // the read before may have seen it
    [InlineData(60, 2)]
    [InlineData(600, 2)] // in the very moment
    [InlineData(603, 2)] // a moment later, as far as our guess of their clock goes
    [InlineData(604, 0)]
    [InlineData(700, 0)] // after
    public void Lacking_SaleOfFour_LeavesOneOfThree(int second, int lacking)
    {
        TakingRule.Lacking(Taking(), [Sold(second, 4)], [], []).ShouldBe(lacking);
        TakingRule.Lacking(Taking(), [], [Sold(second, 4)], []).ShouldBe(lacking, "it may be over, or undecided");
    }

    [Fact]
    public void Lacking_MoreWasSoldThanThereWas_IsNoMoreThanWasToBeTaken() =>
        TakingRule.Lacking(Taking(), [Sold(60, 9)], [], []).ShouldBe(3);

    [Fact]
    public void Lacking_NothingWasReadBefore_IsNotKnown() =>
        TakingRule.Lacking(Taking() with { Baseline = null }, [Sold(60, 9)], [], []).ShouldBe(0);

    [Theory]
    [InlineData(300, 2, -3, 1)] // made later, carried out before
    [InlineData(-300, 1, -3, 0)] // the read before has seen it
    [InlineData(5, 1, -3, 1)] // the read before may have seen it
    [InlineData(5, 1, 3, 0)]
    [InlineData(900, 1, -3, 0)] // carried out after
    [InlineData(601, 1, -3, 1)] // in the same moment, and made first
    [InlineData(599, 3, -3, 0)] // in the same moment, and made later
    public void Lacking_AnotherChange_TookItsCopiesBefore(int second, int sequence, int delta, int lacking)
    {
        var other = Taking() with
        {
            Id = Guid.NewGuid(), Delta = delta, Sequence = sequence, SentAt = Noon.AddSeconds(second), AnsweredAt = Noon.AddSeconds(second),
        };

        TakingRule.Lacking(Taking() with { Sequence = 2 }, [], [], [other]).ShouldBe(lacking);
        TakingRule.Lacking(Taking() with { Sequence = 2 }, [], [], [other with { State = ChangeState.Waiting }]).ShouldBe(0);
    }

    [Fact]
    public void Lacking_CopiesWereAddedBefore_CountThem()
    {
        var other = Taking() with
        {
            Id = Guid.NewGuid(), Delta = 2, SentAt = Noon.AddSeconds(60), AnsweredAt = Noon.AddSeconds(61),
        };

        TakingRule.Lacking(Taking() with { Sequence = 2 }, [Sold(70, 4)], [], [other]).ShouldBe(0);
    }

    [Fact]
    public void Lacking_TwoProcessesDisagreeAboutTheTime_IsTheSame()
    {
        var taking = Taking();

        TakingRule.Lacking(taking with { SentAt = taking.AnsweredAt, AnsweredAt = taking.SentAt }, [Sold(602, 4)], [], []).ShouldBe(2);
    }

    [Theory]
    [InlineData(1, 700, false, true)]
    [InlineData(0, 700, false, false)]
    [InlineData(1, 500, false, false)]
    [InlineData(1, 700, true, false)]
    public void HasTakenAll_ProductIsStillThere_IsTrue(int quantity, int second, bool isOver, bool expected) => TakingRule.HasTakenAll(
        Taking(),
        new Reading(new SnapshotWindow(Noon.AddSeconds(second), Noon.AddSeconds(second + 10)), quantity),
        isOver ? [Sold(60, 1)] : []).ShouldBe(expected);

    private static LocalChange Taking() => new()
    {
        Id = new Guid(1, 0, 0, new byte[8]),
        Product = new ProductId(7),
        Kind = ChangeKind.Adjust,
        Delta = -3,
        HeldBack = 3,
        State = ChangeState.Acknowledged,
        Baseline = Before,
        SentAt = Noon.AddSeconds(599),
        AnsweredAt = Noon.AddSeconds(601),
    };

    private static SalePart Sold(int second, int copies) => new(new SaleTime(Noon.AddSeconds(second), true), copies);
}
