using BrxSync.Sync;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Properties.Tests.Stock.Items;

public sealed class PresenceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly SnapshotWindow First = new(Noon, Noon.AddSeconds(10));
    private static readonly SnapshotWindow Second = new(Noon.AddMinutes(15), Noon.AddMinutes(16));

    [Fact]
    public void AbsentFromSnapshot_FirstTime_IsMissingButNotRemoved()
    {
        var presence = Presence.OnSale.AbsentFromSnapshot(3, First);

        presence.ShouldBe(new Presence(ItemStatus.Missing, 1, First.From));
        presence.IsRemoved.ShouldBeFalse();
    }

    [Fact]
    public void AbsentFromSnapshot_SecondTimeInARow_IsRemovedAndKeepsTheFirstInstant()
    {
        var presence = Presence.OnSale.AbsentFromSnapshot(3, First).AbsentFromSnapshot(0, Second);

        presence.IsRemoved.ShouldBeTrue();
        presence.MissingSince.ShouldBe(First.From);
    }

    [Fact]
    public void Seen_BetweenTwoAbsences_StartsTheCountAnew()
    {
        var seen = Presence.Seen(2);

        seen.ShouldBe(Presence.OnSale);
        seen.AbsentFromSnapshot(2, Second).IsRemoved.ShouldBeFalse();
    }

    [Fact]
    public void AbsentFromSnapshot_ItemAtZero_IsSoldOutForAsLongAsItTakes() =>
        Presence.OnSale.AbsentFromSnapshot(0, First).AbsentFromSnapshot(0, Second).ShouldBe(Presence.SoldOut);

    [Fact]
    public void Seen_NoCopyLeft_IsSoldOut() => Presence.Seen(0).ShouldBe(Presence.SoldOut);
}
