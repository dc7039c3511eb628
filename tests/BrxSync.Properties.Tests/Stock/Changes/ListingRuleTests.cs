using BrxSync.Client;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Properties.Tests.Stock.Changes;

public sealed class ListingRuleTests
{
    private static readonly DateTimeOffset Sent = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Decisive = Sent + ListingRule.LongestJob + TimeSpan.FromSeconds(1);

    [Fact]
    public void Decide_ProductWithTheMark_HadItsEffectWhenever()
    {
        Decide(Sent, marked: true, hasEqual: false).ShouldBe(DoubtVerdict.HadEffect);
        Decide(Decisive, marked: true, hasEqual: true).ShouldBe(DoubtVerdict.HadEffect);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Decide_NoMarkWhileTheJobMayStillComeTrue_IsOpen(bool hasEqual)
    {
        Decide(Sent, marked: false, hasEqual).ShouldBe(DoubtVerdict.Open);
        Decide(Sent + ListingRule.LongestJob, marked: false, hasEqual).ShouldBe(DoubtVerdict.Open, "the read may have looked just before");
    }

    [Fact]
    public void Decide_NoMarkAfterThat_HadNoEffect() =>
        Decide(Decisive, marked: false, hasEqual: false).ShouldBe(DoubtVerdict.HadNoEffect);

    [Fact]
    public void Decide_NoMarkButAnEqualProduct_CannotBeTold() =>
        Decide(Decisive, marked: false, hasEqual: true).ShouldBe(DoubtVerdict.Unexplained);

    [Fact]
    public void Decide_TimeOfSendingUnknown_IsOpen() =>
        ListingRule.Decide(Change() with { SentAt = null }, Window(Decisive), null, false).ShouldBe(DoubtVerdict.Open);

    private static DoubtVerdict Decide(DateTimeOffset from, bool marked, bool hasEqual) =>
        ListingRule.Decide(Change(), Window(from), marked ? new ProductId(9) : null, hasEqual);

    private static SnapshotWindow Window(DateTimeOffset from) => new(from, from.AddSeconds(2));

    private static LocalChange Change() =>
        new() { Id = Guid.NewGuid(), Product = new ProductId(-1), Kind = ChangeKind.Create, State = ChangeState.InDoubt, SentAt = Sent };
}
