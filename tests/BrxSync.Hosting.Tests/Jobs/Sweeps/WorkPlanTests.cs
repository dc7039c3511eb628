using BrxSync.Hosting.Jobs.Sweeps;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Hosting.Tests.Jobs.Sweeps;

/// <summary>What is due when.</summary>
public sealed class WorkPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly WorkPlan Plan = new(TimeSpan.FromMinutes(5), 0.2, TimeSpan.FromMinutes(15), 0.2, SyncOnConnect: false);

    private static AccountWork Work(int ordersMinutes = 0, int comparedMinutes = 0) => new()
    {
        AccountId = AccountId.Create(),
        LastSyncAt = Now.AddDays(-1),
        OrdersPolledAt = Now.AddMinutes(-ordersMinutes),
        ComparedAt = Now.AddMinutes(-comparedMinutes),
    };

    private static WorkKind[] Due(WorkPlan plan, AccountWork work) => [.. plan.Due(work, Now)];

    /// <summary>The work as it is read next, a while later: what was asked for has had no effect.</summary>
    private static AccountWork After(AccountWork work, TimeSpan wait)
    {
        var next = Plan.Next(work, Now);
        return work with
        {
            OrdersDueAt = (next?.OrdersDueAt ?? work.OrdersDueAt) - wait, CompareDueAt = (next?.CompareDueAt ?? work.CompareDueAt) - wait,
        };
    }

    [Fact]
    public void Due_NothingWaits_IsNothing() => Due(Plan, Work(ordersMinutes: 3, comparedMinutes: 11)).ShouldBeEmpty();

    [Fact]
    public void Due_OfAnAccountThatNoCallsMayBeMadeFor_IsItsFeedAlone()
    {
        var work = Work(ordersMinutes: 60, comparedMinutes: 60) with { HasRereads = true, HasChanges = true, HasFeed = true };

        Due(Plan, work).ShouldBe([WorkKind.Feed, WorkKind.Reread, WorkKind.Push, WorkKind.Orders, WorkKind.Reconcile]);
        Due(Plan, work with { IsActive = false }).ShouldBe([WorkKind.Feed]);
    }

    [Fact]
    public void Due_PastTheLongestInterval_IsEverythingPeriodic() =>
        Due(Plan, Work(ordersMinutes: 7, comparedMinutes: 19)).ShouldBe([WorkKind.Orders, WorkKind.Reconcile]);

    [Fact]
    public void Due_AskedForAMomentAgo_IsNotAskedForAgain() =>
        Due(Plan, After(Work(ordersMinutes: 60, comparedMinutes: 60), TimeSpan.FromSeconds(30))).ShouldBeEmpty();

    [Fact]
    public void Due_AskedForInVainAnIntervalAgo_IsAskedForAgain() =>
        Due(Plan, After(Work(ordersMinutes: 60, comparedMinutes: 60), TimeSpan.FromMinutes(19)))
            .ShouldBe([WorkKind.Orders, WorkKind.Reconcile]);

    [Fact]
    public void Due_LookIsFarAhead_IsNotWaitedFor() =>
        Due(Plan, Work(ordersMinutes: 60, comparedMinutes: 60) with { OrdersDueAt = Now.AddHours(3), CompareDueAt = Now.AddHours(3) })
            .ShouldBe([WorkKind.Orders, WorkKind.Reconcile]);

    [Fact]
    public void Next_DoneAMomentAgoByAnybody_IsAnIntervalAfterThat()
    {
        var work = Work(ordersMinutes: 1, comparedMinutes: 2);

        var next = Plan.Next(work, Now)!;

        (next.OrdersDueAt!.Value - Now).ShouldBeInRange(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(5));
        (next.CompareDueAt!.Value - Now).ShouldBeInRange(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(16));
        Plan.Next(work with { OrdersDueAt = next.OrdersDueAt, CompareDueAt = next.CompareDueAt }, Now).ShouldBeNull();
    }

    [Fact]
    public void Next_NeverSynchronized_LeavesOrdersToTheFirstSync() =>
        Plan.Next(Work() with { LastSyncAt = null }, Now)!.OrdersDueAt.ShouldBeNull();

    [Fact]
    public void Due_DoneLongAheadOfNow_IsEverythingPeriodic() =>
        Due(Plan, Work(ordersMinutes: -180, comparedMinutes: -180)).ShouldBe([WorkKind.Orders, WorkKind.Reconcile]);

    [Fact]
    public void Due_DoneAheadOfNowByLessThanTheInterval_Waits() =>
        Due(Plan, Work(ordersMinutes: -3, comparedMinutes: -11)).ShouldBeEmpty();

    [Fact]
    public void Due_DoneLongAheadOfNowAndAskedForAMomentAgo_IsNotAskedForAgain() =>
        Due(Plan, After(Work(ordersMinutes: -180, comparedMinutes: -180), TimeSpan.FromSeconds(30))).ShouldBeEmpty();

    [Fact]
    public void Due_ManyAccounts_AreSpreadOverTheJitterTheSameWayEachTime()
    {
        var accounts = Enumerable.Range(0, 500).Select(_ => Work(ordersMinutes: 5)).ToArray();

        var due = accounts.Count(work => Due(Plan, work).Contains(WorkKind.Orders));

        due.ShouldBeInRange(150, 350);
        accounts.Count(work => Due(Plan, work).Contains(WorkKind.Orders)).ShouldBe(due);
    }

    [Fact]
    public void Due_NeverSynchronized_WaitsForAPersonUnlessConfigured()
    {
        var work = Work() with { LastSyncAt = null, OrdersPolledAt = null, ComparedAt = null };

        Due(Plan, work).ShouldBeEmpty();
        Due(Plan with { SyncOnConnect = true }, work).ShouldBe([WorkKind.Sync]);
    }

    [Fact]
    public void Due_FirstSyncThatFailed_IsNotRepeatedAtOnce() =>
        Due(Plan with { SyncOnConnect = true }, Work(comparedMinutes: 1) with { LastSyncAt = null }).ShouldBeEmpty();

    [Fact]
    public void Due_SyncWaits_TakesThePlaceOfAReconciliation() =>
        Due(Plan, Work(comparedMinutes: 60) with { HasSync = true, HasDeliveries = true }).ShouldBe([WorkKind.Reread, WorkKind.Sync]);
}
