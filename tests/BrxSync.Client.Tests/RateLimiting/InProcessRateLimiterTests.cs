using BrxSync.Client.RateLimiting;
using BrxSync.Testing;

namespace BrxSync.Client.Tests.RateLimiting;

public sealed class InProcessRateLimiterTests : IDisposable
{
    private const string Key = "a1b2c3d4";

    private readonly ManualTimeProvider time = new();
    private readonly RateLimiterOptions options = new();
    private readonly InProcessRateLimiter limiter;

    public InProcessRateLimiterTests() => limiter = new InProcessRateLimiter(options, time);

    public void Dispose() => limiter.Dispose();

    [Fact]
    public void AcquireAsync_UnusedLimiter_GrantsTheBurstAtOnceAndPacesTheRest()
    {
        var first = Acquire();
        var second = Acquire();
        var third = Acquire();

        first.IsCompleted.ShouldBeTrue();
        second.IsCompleted.ShouldBeTrue();
        third.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(50));
        third.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(2));
        Granted(third).Waited.ShouldBe(TimeSpan.FromMilliseconds(52));
    }

    [Fact]
    public async Task AcquireAsync_AllSlotsInFlight_WaitsUntilTenSecondsAfterTheFirstAnswer()
    {
        options.HighPriorityReserve = 0;
        var leases = TakeAll(200);
        var next = Acquire();
        time.Advance(TimeSpan.FromSeconds(30));
        next.IsCompleted.ShouldBeFalse();

        await limiter.CompleteAsync(leases[0], RateLimitOutcome.Answered);
        time.Advance(TimeSpan.FromMilliseconds(9_999));
        next.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));

        Granted(next).ShouldNotBeNull();
    }

    [Fact]
    public async Task CompleteAsync_Lost_FreesTheSlotTenSecondsLater()
    {
        options.HighPriorityReserve = 0;
        var leases = TakeAll(200);
        var next = Acquire();

        await limiter.CompleteAsync(leases[0], RateLimitOutcome.Lost);

        time.Advance(TimeSpan.FromMilliseconds(9_999));
        next.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));
        next.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task CompleteAsync_NotSent_FreesTheSlotAtOnce()
    {
        options.HighPriorityReserve = 0;
        var leases = TakeAll(200);
        time.Advance(TimeSpan.FromSeconds(1));
        var next = Acquire();

        await limiter.CompleteAsync(leases[0], RateLimitOutcome.NotSent);

        next.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task CompleteAsync_SecondCall_ChangesNothing()
    {
        var lease = Granted(Acquire());

        await limiter.CompleteAsync(lease, RateLimitOutcome.NotSent);
        await limiter.CompleteAsync(lease, RateLimitOutcome.NotSent);

        (await limiter.GetStateAsync(Key)).General.SlotsFree.ShouldBe(200);
    }

    [Fact]
    public void AcquireAsync_LeaseNeverHandedBack_CountsAsLostAfterItsLifetime()
    {
        options.HighPriorityReserve = 0;
        TakeAll(200);
        var next = Acquire();

        time.Advance(options.LeaseLifetime + TimeSpan.FromSeconds(10));

        next.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void AcquireAsync_OtherToken_HasItsOwnLimits()
    {
        Acquire();
        Acquire();
        Acquire().IsCompleted.ShouldBeFalse();

        limiter.AcquireAsync(new RateLimitRequest("ffffffff")).AsTask().IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void AcquireAsync_Marketplace_KeepsItsOwnPaceAndHoldsNobodyElseUp()
    {
        Acquire(RateLimitBucket.Marketplace).IsCompleted.ShouldBeTrue();
        var search = Acquire(RateLimitBucket.Marketplace);
        time.Advance(TimeSpan.FromMilliseconds(60));

        var read = Acquire();

        read.IsCompleted.ShouldBeTrue();
        search.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(106));
        search.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));
        search.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task AcquireAsync_MarketplaceForTenSeconds_NeverExceedsItsLimitInAnySecond()
    {
        options.MarketplaceRequestsPerSecond = 10;
        var sent = new List<DateTimeOffset>();
        for (var i = 0; i < 90; i++)
        {
            var lease = await time.RunAsync(Acquire(RateLimitBucket.Marketplace));
            sent.Add(time.GetUtcNow());
            await limiter.CompleteAsync(lease!, RateLimitOutcome.Answered);
        }

        sent.Max(moment => sent.Count(other => other > moment.AddSeconds(-1) && other <= moment)).ShouldBeLessThanOrEqualTo(10);
    }

    [Fact]
    public async Task AcquireAsync_Jobs_GoOutEvery1050MillisecondsWhicheverJobIsMeant()
    {
        var first = Granted(Acquire(RateLimitBucket.Jobs));
        await limiter.CompleteAsync(first, RateLimitOutcome.Answered);
        var second = Acquire(RateLimitBucket.Jobs);

        time.Advance(TimeSpan.FromMilliseconds(1_049));
        second.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));
        second.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task AcquireAsync_SlowJobPoll_NextOneWaitsASecondAfterItsAnswer()
    {
        var first = Granted(Acquire(RateLimitBucket.Jobs));
        var second = Acquire(RateLimitBucket.Jobs);
        time.Advance(TimeSpan.FromSeconds(3));
        second.IsCompleted.ShouldBeFalse();

        await limiter.CompleteAsync(first, RateLimitOutcome.Answered);
        time.Advance(TimeSpan.FromMilliseconds(999));
        second.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));
        second.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void AcquireAsync_SlotsInFlight_NormalWorkLeavesTheReserveToUrgentWork()
    {
        TakeAll(180);
        time.Advance(TimeSpan.FromSeconds(5));

        var normal = Acquire();
        var urgent = Enumerable.Range(0, 20).Select(_ => Acquire(priority: RateLimitPriority.High)).ToList();
        time.Advance(TimeSpan.FromSeconds(2));

        normal.IsCompleted.ShouldBeFalse();
        urgent.ShouldAllBe(lease => lease.IsCompleted);
        Acquire(priority: RateLimitPriority.High).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void AcquireAsync_UrgentBehindNormal_GoesFirst()
    {
        TakeAll(2);
        var normal = Acquire();
        var urgent = Acquire(priority: RateLimitPriority.High);

        time.Advance(TimeSpan.FromMilliseconds(52));

        urgent.IsCompleted.ShouldBeTrue();
        normal.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void AcquireAsync_ManyUrgentRequests_NormalOneHasItsTurnAfterNine()
    {
        TakeAll(2);
        var normal = Acquire();
        var urgent = Enumerable.Range(0, 20).Select(_ => Acquire(priority: RateLimitPriority.High)).ToList();

        while (!normal.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        urgent.Count(lease => lease.IsCompleted).ShouldBe(9);
    }

    [Fact]
    public void AcquireAsync_SamePriority_IsServedInOrderOfArrival()
    {
        TakeAll(2);
        var waiting = Enumerable.Range(0, 50).Select(_ => Acquire()).ToList();

        for (var i = 0; i < 5_000; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            var served = waiting.Count(lease => lease.IsCompleted);
            waiting.Take(served).ShouldAllBe(lease => lease.IsCompleted);
        }

        waiting.ShouldAllBe(lease => lease.IsCompleted);
    }

    [Fact]
    public async Task AcquireAsync_CancelledWhileWaiting_ThrowsTakesNothingAndLetsTheNextGo()
    {
        using var cancellation = new CancellationTokenSource();
        TakeAll(2);
        var cancelled = Acquire(cancellationToken: cancellation.Token);
        var next = Acquire();

        await cancellation.CancelAsync();
        time.Advance(TimeSpan.FromMilliseconds(52));

        await Should.ThrowAsync<OperationCanceledException>(cancelled);
        next.IsCompleted.ShouldBeTrue();
        (await limiter.GetStateAsync(Key)).General.SlotsFree.ShouldBe(197);
    }

    [Fact]
    public async Task AcquireAsync_CancelledBefore_ThrowsAndTakesNothing()
    {
        await Should.ThrowAsync<OperationCanceledException>(Acquire(cancellationToken: new CancellationToken(canceled: true)));

        (await limiter.GetStateAsync(Key)).General.SlotsFree.ShouldBe(200);
    }

    [Fact]
    public async Task AcquireAsync_QueueFull_TurnsAway()
    {
        options.QueueLimit = 3;
        TakeAll(2);
        for (var i = 0; i < 3; i++)
        {
            Acquire().IsCompleted.ShouldBeFalse();
        }

        (await Acquire()).ShouldBeNull();

        var state = await limiter.GetStateAsync(Key);
        state.Waiting.ShouldBe(3);
        state.TurnedAway.ShouldBe(1);
    }

    [Fact]
    public async Task GetStateAsync_SomeHeldSomeWaiting_TellsBoth()
    {
        TakeAll(2);
        _ = Acquire();
        _ = Acquire(priority: RateLimitPriority.High);
        _ = Acquire(RateLimitBucket.Jobs);

        var state = await limiter.GetStateAsync(Key);

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
        var state = await limiter.GetStateAsync("ffffffff");

        state.General.SlotsFree.ShouldBe(200);
        state.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task CompleteAsync_Refused_FreezesUntilTheOldestSlotFreesThenSlowsDown()
    {
        var first = Granted(Acquire());
        var second = Granted(Acquire());
        await limiter.CompleteAsync(first, RateLimitOutcome.Answered);
        time.Advance(TimeSpan.FromSeconds(4));
        await limiter.CompleteAsync(second, RateLimitOutcome.Refused(RateLimitBucket.General));

        var state = (await limiter.GetStateAsync(Key)).General;
        state.FrozenUntil.ShouldBe(time.GetUtcNow().AddSeconds(6));
        state.LastUnexpectedRefusal.ShouldBe(time.GetUtcNow());
        state.UnexpectedRefusals.ShouldBe(1);
        state.SpeedFactor.ShouldBe(0.8, 1e-9);
        state.Slots.ShouldBe(160);

        var next = Acquire(priority: RateLimitPriority.High);
        time.Advance(TimeSpan.FromMilliseconds(5_999));
        next.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));
        next.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task CompleteAsync_RefusalsOfRequestsSentBeforeSlowingDown_SlowDownOnce()
    {
        var leases = TakeAll(20);
        foreach (var lease in leases)
        {
            await limiter.CompleteAsync(lease, RateLimitOutcome.Refused(RateLimitBucket.General));
        }

        var state = (await limiter.GetStateAsync(Key)).General;

        state.SpeedFactor.ShouldBe(0.8, 1e-9);
        state.UnexpectedRefusals.ShouldBe(20);
    }

    [Fact]
    public async Task CompleteAsync_AfterARefusal_EveryCleanTenSecondsGiveBackOnePercent()
    {
        await limiter.CompleteAsync(Granted(Acquire()), RateLimitOutcome.Refused(RateLimitBucket.General));
        time.Advance(TimeSpan.FromSeconds(10));
        (await limiter.GetStateAsync(Key)).General.SpeedFactor.ShouldBe(0.80, 1e-9);

        time.Advance(TimeSpan.FromSeconds(10));
        (await limiter.GetStateAsync(Key)).General.SpeedFactor.ShouldBe(0.81, 1e-9);
        time.Advance(TimeSpan.FromSeconds(190));
        (await limiter.GetStateAsync(Key)).General.SpeedFactor.ShouldBe(1, 1e-9);
    }

    [Fact]
    public async Task CompleteAsync_MarketplaceRefused_SlowsTheMarketplaceAlone()
    {
        await limiter.CompleteAsync(Granted(Acquire(RateLimitBucket.Marketplace)), RateLimitOutcome.Refused(RateLimitBucket.Marketplace));

        var state = await limiter.GetStateAsync(Key);

        state.Marketplace.SpeedFactor.ShouldBe(0.8, 1e-9);
        state.General.SpeedFactor.ShouldBe(1);
        Acquire().IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void AcquireAsync_SomebodyElseUsesHalfTheLimit_SettlesBelowTheRest()
    {
        // The server gives us what another program leaves: 100 in 10 seconds. Nobody knows that but the refusals.
        var log = new Queue<double>();
        var refused = new List<double>();
        var accepted = 0;
        VirtualTimeContext.Run(time, () => Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            while (time.GetUtcNow() - time.Start < TimeSpan.FromMinutes(5))
            {
                var lease = await limiter.AcquireAsync(new RateLimitRequest(Key));
                await Task.Delay(TimeSpan.FromMilliseconds(60), time);
                var now = (time.GetUtcNow() - time.Start).TotalSeconds;
                while (log.TryPeek(out var oldest) && oldest <= now - 10)
                {
                    log.Dequeue();
                }

                var outcome = RateLimitOutcome.Answered;
                if (log.Count < 100)
                {
                    log.Enqueue(now);
                    accepted++;
                }
                else
                {
                    outcome = RateLimitOutcome.Refused(RateLimitBucket.General);
                    refused.Add(now);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(60), time);
                await limiter.CompleteAsync(lease!, outcome);
            }
        })));

        refused.Count.ShouldBeLessThan(accepted / 20);
        accepted.ShouldBeGreaterThan(2_000);
    }

    [Fact]
    public async Task Dispose_SomebodyWaits_FailsTheWait()
    {
        TakeAll(2);
        var waiting = Acquire();

        limiter.Dispose();

        await Should.ThrowAsync<ObjectDisposedException>(waiting);
        await Should.ThrowAsync<ObjectDisposedException>(async () => await limiter.AcquireAsync(new RateLimitRequest(Key)));
    }

    [Fact]
    public async Task AcquireAsync_TokenUnusedForLong_ForgetsItAndStartsAfresh()
    {
        var old = Granted(Acquire());
        await limiter.CompleteAsync(old, RateLimitOutcome.Answered);
        time.Advance(TimeSpan.FromMinutes(11));
        await limiter.AcquireAsync(new RateLimitRequest("ffffffff"));
        time.PendingTimers.ShouldBe(0);

        var fresh = Granted(Acquire());
        await limiter.CompleteAsync(old, RateLimitOutcome.NotSent);

        fresh.Id.ShouldNotBe(old.Id);
        (await limiter.GetStateAsync(Key)).General.SlotsFree.ShouldBe(199);
    }

    private static RateLimitLease Granted(Task<RateLimitLease?> acquiring)
    {
        acquiring.IsCompletedSuccessfully.ShouldBeTrue();
        return acquiring.GetAwaiter().GetResult()!;
    }

    private Task<RateLimitLease?> Acquire(
        RateLimitBucket bucket = RateLimitBucket.General,
        RateLimitPriority priority = RateLimitPriority.Normal,
        CancellationToken cancellationToken = default) =>
        limiter.AcquireAsync(new RateLimitRequest(Key, bucket, priority), cancellationToken).AsTask();

    private List<RateLimitLease> TakeAll(int count)
    {
        var leases = new List<RateLimitLease>();
        while (leases.Count < count)
        {
            var next = Acquire();
            while (!next.IsCompleted)
            {
                time.Advance(TimeSpan.FromMilliseconds(1));
            }

            leases.Add(Granted(next));
        }

        return leases;
    }
}
