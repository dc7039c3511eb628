using BrxSync.Client.RateLimiting;
using BrxSync.Testing;

namespace BrxSync.Store.Compliance.RateLimiting;

/// <summary>What every rate limiter does, in virtual time, whoever keeps its count.</summary>
public abstract class RateLimiterSuite : IDisposable
{
    private const string Key = "a1b2c3d4";
    private const string OtherKey = "ffffffff";

    private IRateLimiter? limiter;

    /// <summary>The clock of the limiter.</summary>
    protected ManualTimeProvider Time { get; } = new();

    /// <summary>The options, which a test may change before it uses the limiter.</summary>
    protected RateLimiterOptions Options { get; } = new();

    /// <summary>The limiter.</summary>
    protected IRateLimiter Limiter => limiter ??= Create();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task AcquireAsync_UnusedLimiter_GrantsTheBurstAtOnceAndPacesTheRest()
    {
        var first = await StartAsync();
        var second = await StartAsync();
        var third = await StartAsync();

        first.IsCompleted.ShouldBeTrue();
        second.IsCompleted.ShouldBeTrue();
        third.IsCompleted.ShouldBeFalse();
        await AdvanceAsync(TimeSpan.FromMilliseconds(50));
        third.IsCompleted.ShouldBeFalse();
        await AdvanceAsync(TimeSpan.FromMilliseconds(2));
        Granted(third).Waited.ShouldBe(TimeSpan.FromMilliseconds(52));
    }

    [Fact]
    public async Task AcquireAsync_AllSlotsInFlight_WaitsUntilTenSecondsAfterTheFirstAnswer()
    {
        Options.HighPriorityReserve = 0;
        var leases = await TakeAllAsync(200);
        var next = await StartAsync();
        await AdvanceAsync(TimeSpan.FromSeconds(30));
        next.IsCompleted.ShouldBeFalse();

        await CompleteAsync(leases[0], RateLimitOutcome.Answered);
        await AdvanceAsync(TimeSpan.FromMilliseconds(9_999));
        next.IsCompleted.ShouldBeFalse();
        await AdvanceAsync(TimeSpan.FromMilliseconds(1));

        Granted(next).ShouldNotBeNull();
    }

    [Fact]
    public async Task CompleteAsync_Lost_FreesTheSlotTenSecondsLater()
    {
        Options.HighPriorityReserve = 0;
        var leases = await TakeAllAsync(200);
        var next = await StartAsync();

        await CompleteAsync(leases[0], RateLimitOutcome.Lost);

        await AdvanceAsync(TimeSpan.FromMilliseconds(9_999));
        next.IsCompleted.ShouldBeFalse();
        await AdvanceAsync(TimeSpan.FromMilliseconds(1));
        next.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task CompleteAsync_NotSent_FreesTheSlotAtOnce()
    {
        Options.HighPriorityReserve = 0;
        var leases = await TakeAllAsync(200);
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        var next = await StartAsync();

        await CompleteAsync(leases[0], RateLimitOutcome.NotSent);

        next.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task CompleteAsync_SecondCall_ChangesNothing()
    {
        var lease = Granted(await StartAsync());

        await CompleteAsync(lease, RateLimitOutcome.NotSent);
        await CompleteAsync(lease, RateLimitOutcome.NotSent);

        (await Limiter.GetStateAsync(Key)).General.SlotsFree.ShouldBe(200);
    }

    [Fact]
    public async Task AcquireAsync_LeaseNeverHandedBack_CountsAsLostAfterItsLifetime()
    {
        Options.HighPriorityReserve = 0;
        await TakeAllAsync(200);
        var next = await StartAsync();

        await AdvanceAsync(Options.LeaseLifetime + TimeSpan.FromSeconds(10));

        next.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task AcquireAsync_OtherToken_HasItsOwnLimits()
    {
        await StartAsync();
        await StartAsync();
        (await StartAsync()).IsCompleted.ShouldBeFalse();

        (await StartAsync(OtherKey)).IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task AcquireAsync_Marketplace_KeepsItsOwnPaceAndHoldsNobodyElseUp()
    {
        (await StartAsync(RateLimitBucket.Marketplace)).IsCompleted.ShouldBeTrue();
        var search = await StartAsync(RateLimitBucket.Marketplace);
        await AdvanceAsync(TimeSpan.FromMilliseconds(60));

        var read = await StartAsync();

        read.IsCompleted.ShouldBeTrue();
        search.IsCompleted.ShouldBeFalse();
        await AdvanceAsync(TimeSpan.FromMilliseconds(106));
        search.IsCompleted.ShouldBeFalse();
        await AdvanceAsync(TimeSpan.FromMilliseconds(1));
        search.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task AcquireAsync_MarketplaceForTenSeconds_NeverExceedsItsLimitInAnySecond()
    {
        Options.MarketplaceRequestsPerSecond = 10;
        var sent = new List<DateTimeOffset>();
        for (var i = 0; i < 90; i++)
        {
            var lease = await TakeAsync(RateLimitBucket.Marketplace);
            sent.Add(Time.GetUtcNow());
            await CompleteAsync(lease, RateLimitOutcome.Answered);
        }

        sent.Max(moment => sent.Count(other => other > moment.AddSeconds(-1) && other <= moment)).ShouldBeLessThanOrEqualTo(10);
    }

    [Fact]
    public async Task AcquireAsync_Jobs_GoOutEvery1050MillisecondsWhicheverJobIsMeant()
    {
        var first = Granted(await StartAsync(RateLimitBucket.Jobs));
        await CompleteAsync(first, RateLimitOutcome.Answered);
        var second = await StartAsync(RateLimitBucket.Jobs);

        await AdvanceAsync(TimeSpan.FromMilliseconds(1_049));
        second.IsCompleted.ShouldBeFalse();
        await AdvanceAsync(TimeSpan.FromMilliseconds(1));
        second.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task AcquireAsync_SlowJobPoll_NextOneWaitsASecondAfterItsAnswer()
    {
        var first = Granted(await StartAsync(RateLimitBucket.Jobs));
        var second = await StartAsync(RateLimitBucket.Jobs);
        await AdvanceAsync(TimeSpan.FromSeconds(3));
        second.IsCompleted.ShouldBeFalse();

        await CompleteAsync(first, RateLimitOutcome.Answered);
        await AdvanceAsync(TimeSpan.FromMilliseconds(999));
        second.IsCompleted.ShouldBeFalse();
        await AdvanceAsync(TimeSpan.FromMilliseconds(1));
        second.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task AcquireAsync_SlotsInFlight_NormalWorkLeavesTheReserveToUrgentWork()
    {
        await TakeAllAsync(180);
        await AdvanceAsync(TimeSpan.FromSeconds(5));

        var normal = await StartAsync();
        var urgent = await StartAllAsync(20, RateLimitPriority.High);
        await AdvanceAsync(TimeSpan.FromSeconds(2));

        normal.IsCompleted.ShouldBeFalse();
        urgent.ShouldAllBe(lease => lease.IsCompleted);
        (await StartAsync(priority: RateLimitPriority.High)).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task AcquireAsync_UrgentBehindNormal_GoesFirst()
    {
        await TakeAllAsync(2);
        var normal = await StartAsync();
        var urgent = await StartAsync(priority: RateLimitPriority.High);

        await AdvanceAsync(TimeSpan.FromMilliseconds(52));

        urgent.IsCompleted.ShouldBeTrue();
        normal.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task AcquireAsync_ManyUrgentRequests_NormalOneHasItsTurnAfterNine()
    {
        await TakeAllAsync(2);
        var normal = await StartAsync();
        var urgent = await StartAllAsync(20, RateLimitPriority.High);

        while (!normal.IsCompleted)
        {
            await AdvanceAsync(TimeSpan.FromMilliseconds(1));
        }

        urgent.Count(lease => lease.IsCompleted).ShouldBe(9);
    }

    [Fact]
    public async Task AcquireAsync_SamePriority_IsServedInOrderOfArrival()
    {
        await TakeAllAsync(2);
        var waiting = await StartAllAsync(50);

        for (var i = 0; i < 300; i++)
        {
            await AdvanceAsync(TimeSpan.FromMilliseconds(10));
            var served = waiting.Count(lease => lease.IsCompleted);
            waiting.Take(served).ShouldAllBe(lease => lease.IsCompleted);
        }

        waiting.ShouldAllBe(lease => lease.IsCompleted);
    }

    [Fact]
    public async Task AcquireAsync_CancelledWhileWaiting_ThrowsTakesNothingAndLetsTheNextGo()
    {
        using var cancellation = new CancellationTokenSource();
        await TakeAllAsync(2);
        var cancelled = await StartAsync(cancellationToken: cancellation.Token);
        var next = await StartAsync();

        await cancellation.CancelAsync();
        await AdvanceAsync(TimeSpan.FromMilliseconds(52));

        await Should.ThrowAsync<OperationCanceledException>(cancelled);
        next.IsCompleted.ShouldBeTrue();
        (await Limiter.GetStateAsync(Key)).General.SlotsFree.ShouldBe(197);
    }

    [Fact]
    public async Task AcquireAsync_CancelledBefore_ThrowsAndTakesNothing()
    {
        await Should.ThrowAsync<OperationCanceledException>(await StartAsync(cancellationToken: new CancellationToken(canceled: true)));

        (await Limiter.GetStateAsync(Key)).General.SlotsFree.ShouldBe(200);
    }

    [Fact]
    public async Task AcquireAsync_QueueFull_TurnsAway()
    {
        Options.QueueLimit = 3;
        await TakeAllAsync(2);
        for (var i = 0; i < 3; i++)
        {
            (await StartAsync()).IsCompleted.ShouldBeFalse();
        }

        (await await StartAsync()).ShouldBeNull();

        var state = await Limiter.GetStateAsync(Key);
        state.Waiting.ShouldBe(3);
        state.TurnedAway.ShouldBe(1);
    }

    [Fact]
    public async Task GetStateAsync_SomeHeldSomeWaiting_TellsBoth()
    {
        await TakeAllAsync(2);
        _ = await StartAsync();
        _ = await StartAsync(priority: RateLimitPriority.High);
        _ = await StartAsync(RateLimitBucket.Jobs);

        var state = await Limiter.GetStateAsync(Key);

        state.General.Slots.ShouldBe(200);
        state.General.SlotsFree.ShouldBe(198);
        state.Jobs.SlotsFree.ShouldBe(1);
        state.Waiting.ShouldBe(3);
        state.WaitingHighPriority.ShouldBe(1);
        state.General.LastUnexpectedRefusal.ShouldBeNull();
    }

    [Fact]
    public async Task GetStateAsync_UnknownToken_IsThatOfAnUnusedLimiter()
    {
        var state = await Limiter.GetStateAsync(OtherKey);

        state.General.SlotsFree.ShouldBe(200);
        state.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task CompleteAsync_Refused_FreezesUntilTheOldestSlotFreesThenSlowsDown()
    {
        var first = Granted(await StartAsync());
        var second = Granted(await StartAsync());
        await CompleteAsync(first, RateLimitOutcome.Answered);
        await AdvanceAsync(TimeSpan.FromSeconds(4));
        await CompleteAsync(second, RateLimitOutcome.Refused(RateLimitBucket.General));

        var state = (await Limiter.GetStateAsync(Key)).General;
        state.FrozenUntil.ShouldBe(Time.GetUtcNow().AddSeconds(6));
        state.LastUnexpectedRefusal.ShouldBe(Time.GetUtcNow());
        state.UnexpectedRefusals.ShouldBe(1);
        state.SpeedFactor.ShouldBe(0.8, 1e-9);
        state.Slots.ShouldBe(160);

        var next = await StartAsync(priority: RateLimitPriority.High);
        await AdvanceAsync(TimeSpan.FromMilliseconds(5_999));
        next.IsCompleted.ShouldBeFalse();
        await AdvanceAsync(TimeSpan.FromMilliseconds(1));
        next.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task CompleteAsync_RefusalsOfRequestsSentBeforeSlowingDown_SlowDownOnce()
    {
        var leases = await TakeAllAsync(20);
        foreach (var lease in leases)
        {
            await CompleteAsync(lease, RateLimitOutcome.Refused(RateLimitBucket.General));
        }

        var state = (await Limiter.GetStateAsync(Key)).General;

        state.SpeedFactor.ShouldBe(0.8, 1e-9);
        state.UnexpectedRefusals.ShouldBe(20);
    }

    [Fact]
    public async Task CompleteAsync_AfterARefusal_EveryCleanTenSecondsGiveBackOnePercent()
    {
        await CompleteAsync(Granted(await StartAsync()), RateLimitOutcome.Refused(RateLimitBucket.General));
        await AdvanceAsync(TimeSpan.FromSeconds(10));
        (await Limiter.GetStateAsync(Key)).General.SpeedFactor.ShouldBe(0.80, 1e-9);

        await AdvanceAsync(TimeSpan.FromSeconds(10));
        (await Limiter.GetStateAsync(Key)).General.SpeedFactor.ShouldBe(0.81, 1e-9);
        await AdvanceAsync(TimeSpan.FromSeconds(190));
        (await Limiter.GetStateAsync(Key)).General.SpeedFactor.ShouldBe(1, 1e-9);
    }

    [Fact]
    public async Task CompleteAsync_MarketplaceRefused_SlowsTheMarketplaceAlone()
    {
        await CompleteAsync(Granted(await StartAsync(RateLimitBucket.Marketplace)), RateLimitOutcome.Refused(RateLimitBucket.Marketplace));

        var state = await Limiter.GetStateAsync(Key);

        state.Marketplace.SpeedFactor.ShouldBe(0.8, 1e-9);
        state.General.SpeedFactor.ShouldBe(1);
        (await StartAsync()).IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task Dispose_SomebodyWaits_FailsTheWait()
    {
        await TakeAllAsync(2);
        var waiting = await StartAsync();

        ((IDisposable)Limiter).Dispose();

        await Should.ThrowAsync<ObjectDisposedException>(waiting);
        await Should.ThrowAsync<ObjectDisposedException>(async () => await Limiter.AcquireAsync(new RateLimitRequest(Key)));
    }

    [Fact]
    public async Task AcquireAsync_TokenUnusedForLong_ForgetsItAndStartsAfresh()
    {
        var old = Granted(await StartAsync());
        await CompleteAsync(old, RateLimitOutcome.Answered);
        await AdvanceAsync(TimeSpan.FromMinutes(11));
        await await StartAsync(OtherKey);
        Time.PendingTimers.ShouldBe(0);

        var fresh = Granted(await StartAsync());
        await CompleteAsync(old, RateLimitOutcome.NotSent);

        fresh.Id.ShouldNotBe(old.Id);
        (await Limiter.GetStateAsync(Key)).General.SlotsFree.ShouldBe(199);
    }

    /// <summary>Makes the limiter.</summary>
    protected abstract IRateLimiter Create();

    /// <summary>Waits until the limiter has nothing more to do at the present time.</summary>
    protected abstract Task SettleAsync();

    /// <summary>Ends the limiter.</summary>
    protected virtual void Dispose(bool disposing) => (limiter as IDisposable)?.Dispose();

    /// <summary>Moves the clock, and lets the limiter do at each instant what it has to do.</summary>
    protected async Task AdvanceAsync(TimeSpan by)
    {
        await SettleAsync();
        while (Time.NextTimer is { } next && next <= by)
        {
            Time.Advance(next);
            by -= next;
            await SettleAsync();
        }

        Time.Advance(by);
        await SettleAsync();
    }

    private static RateLimitLease Granted(Task<RateLimitLease?> acquiring)
    {
        acquiring.IsCompletedSuccessfully.ShouldBeTrue();
        return acquiring.GetAwaiter().GetResult()!;
    }

    private Task<Task<RateLimitLease?>> StartAsync(
        RateLimitBucket bucket = RateLimitBucket.General,
        RateLimitPriority priority = RateLimitPriority.Normal,
        CancellationToken cancellationToken = default) =>
        StartAsync(Key, bucket, priority, cancellationToken);

    private async Task<Task<RateLimitLease?>> StartAsync(
        string key,
        RateLimitBucket bucket = RateLimitBucket.General,
        RateLimitPriority priority = RateLimitPriority.Normal,
        CancellationToken cancellationToken = default)
    {
        var acquiring = Limiter.AcquireAsync(new RateLimitRequest(key, bucket, priority), cancellationToken).AsTask();
        await SettleAsync();
        return acquiring;
    }

    private async Task<List<Task<RateLimitLease?>>> StartAllAsync(int count, RateLimitPriority priority = RateLimitPriority.Normal)
    {
        var all = new List<Task<RateLimitLease?>>();
        for (var i = 0; i < count; i++)
        {
            all.Add(await StartAsync(priority: priority));
        }

        return all;
    }

    private async Task CompleteAsync(RateLimitLease lease, RateLimitOutcome outcome)
    {
        await Limiter.CompleteAsync(lease, outcome);
        await SettleAsync();
    }

    private async Task<RateLimitLease> TakeAsync(RateLimitBucket bucket = RateLimitBucket.General)
    {
        var acquiring = await StartAsync(bucket);
        while (!acquiring.IsCompleted)
        {
            await AdvanceAsync(TimeSpan.FromMilliseconds(1));
        }

        return Granted(acquiring);
    }

    private async Task<List<RateLimitLease>> TakeAllAsync(int count)
    {
        var leases = new List<RateLimitLease>();
        while (leases.Count < count)
        {
            leases.Add(await TakeAsync());
        }

        return leases;
    }
}
