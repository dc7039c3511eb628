using BrxSync.Client.RateLimiting;
using BrxSync.Integration.Tests.MySql;
using BrxSync.Sync.Adapters.Redis;
using BrxSync.Testing;
using StackExchange.Redis;

namespace BrxSync.Integration.Tests.Redis;

/// <summary>What becomes of one request or one lease when Redis is away, slow, or has lost its state.</summary>
public sealed class RedisLossTests : IAsyncLifetime
{
    private static readonly RateLimitRequest Request = new("a1b2c3d4");

    private readonly ManualTimeProvider time = new();
    private readonly RateLimiterOptions options = new();
    private readonly Relay relay = new("127.0.0.1", RedisLimiters.PortOf(ServerEnvironment.Redis));
    private RedisLimiters limiters = null!;

    public Task InitializeAsync()
    {
        limiters = new RedisLimiters($"127.0.0.1:{relay.Port}", options, time, isVirtual: true);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        limiters.Dispose();
        await relay.DisposeAsync();
    }

    [Fact]
    public async Task AcquireAsync_RedisAway_WaitsASecondThenKeepsToTheShare()
    {
        var limiter = limiters.Add();
        await TakeAsync(limiter);
        relay.Cut();

        var waiting = await StartAsync(limiter);
        await AdvanceAsync(TimeSpan.FromMilliseconds(999));
        waiting.IsCompleted.ShouldBeFalse();
        limiters.Log.Entries.ShouldBeEmpty();
        await AdvanceAsync(TimeSpan.FromMilliseconds(1));
        limiters.Log.Entries.ShouldHaveSingleItem().EventId.ShouldBe(2950);
        waiting.IsCompleted.ShouldBeFalse("nothing is saved up");
        await AdvanceAsync(TimeSpan.FromMilliseconds(205));
        waiting.IsCompleted.ShouldBeTrue("a fourth of 19.6 a second");
    }

    [Fact]
    public async Task AcquireAsync_RedisAwayFromTheStart_KeepsToTheShare()
    {
        relay.Cut();
        var limiter = limiters.Add();

        var waiting = Enumerable.Range(0, 30).Select(_ => limiter.AcquireAsync(Request).AsTask()).ToList();
        await AdvanceAsync(TimeSpan.FromSeconds(6));

        // Connecting is waited for; then a request each 204 ms.
        waiting.Count(lease => lease.IsCompleted).ShouldBeInRange(1, 26);
        (await limiter.GetStateAsync(Request.Key)).General.Slots.ShouldBe(50);
    }

    [Fact]
    public async Task AcquireAsync_RedisBack_SharesAgainAfterAWindowWithAllLeasesKnown()
    {
        var limiter = limiters.Add();
        var other = limiters.Add();
        var before = await TakeAsync(limiter);
        relay.Cut();
        var waiting = await StartAsync(limiter);
        await AdvanceAsync(TimeSpan.FromSeconds(2));
        var alone = (await waiting)!;
        await limiter.CompleteAsync(before, RateLimitOutcome.Answered);

        relay.Mend();
        await limiters.WhenConnectedAsync();
        await AdvanceAsync(TimeSpan.FromSeconds(9));
        limiters.Log.Entries.Count.ShouldBe(1, "others may still be without Redis");
        await AdvanceAsync(TimeSpan.FromSeconds(3));
        limiters.Log.Entries.Select(entry => entry.EventId).ShouldBe([2950, 2951]);

        (await other.GetStateAsync(Request.Key)).General.SlotsFree.ShouldBe(199, "one is out, one has cooled down");
        await limiter.CompleteAsync(alone, RateLimitOutcome.NotSent);
        (await other.GetStateAsync(Request.Key)).General.SlotsFree.ShouldBe(200);
    }

    [Fact]
    public async Task AcquireAsync_AnswerLost_CountsUntilRedisHearsThatItWasNotSent()
    {
        limiters.Redis.LimiterTimeout = TimeSpan.FromMilliseconds(250);
        var limiter = limiters.Add();
        await TakeAsync(limiter);
        relay.Hold();
        var waiting = limiter.AcquireAsync(Request).AsTask();
        while (await ReadSlotsFreeAsync() != 198)
        {
            await Task.Yield();
        }

        await time.WaitForTimersAsync();

        // The limiter's patience with the answer is over; it was granted all the same.
        time.Advance(limiters.Redis.LimiterTimeout);
        await SettleAsync();
        (await ReadSlotsFreeAsync()).ShouldBe(198);
        waiting.IsCompleted.ShouldBeFalse();

        relay.Release();
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        await AdvanceAsync(TimeSpan.FromMilliseconds(100));

        waiting.IsCompleted.ShouldBeTrue();
        (await ReadSlotsFreeAsync()).ShouldBe(198, "the wasted lease was given back");
    }

    [Fact]
    public async Task CompleteAsync_RedisAway_IsToldWhenItIsBack()
    {
        var limiter = limiters.Add();
        var other = limiters.Add();
        var lease = await TakeAsync(limiter);
        await TakeAsync(other);
        relay.Cut();
        await limiter.CompleteAsync(lease, RateLimitOutcome.NotSent);

        relay.Mend();
        await limiters.WhenConnectedAsync();
        await AdvanceAsync(TimeSpan.FromMilliseconds(500));

        (await other.GetStateAsync(Request.Key)).General.SlotsFree.ShouldBe(199);
        limiters.Log.Entries.ShouldBeEmpty("it was away for less than a second");
    }

    [Fact]
    public async Task AcquireAsync_StateLost_KeepsToTheShareForAWindow()
    {
        var limiter = limiters.Add();
        var other = limiters.Add();
        for (var i = 0; i < 20; i++)
        {
            await TakeAsync(limiter);
        }

        await limiters.LoseStateAsync();
        await TakeAsync(limiter);
        limiters.Log.Entries.ShouldHaveSingleItem().EventId.ShouldBe(2950);

        (await other.GetStateAsync(Request.Key)).General.SlotsFree.ShouldBe(180, "what the first knew counts again");
        var newcomer = await StartAsync(other);
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        newcomer.IsCompleted.ShouldBeTrue("a process that comes meanwhile has its share, too");
        await AdvanceAsync(TimeSpan.FromSeconds(11));
        (await other.GetStateAsync(Request.Key)).General.SlotsFree.ShouldBe(178);
        limiters.Log.Entries.Select(entry => entry.EventId).Order().ShouldBe([2950, 2950, 2951, 2951]);
    }

    [Fact]
    public async Task AcquireAsync_ScriptsForgottenByTheServer_GoesOn()
    {
        var limiter = limiters.Add();
        await TakeAsync(limiter);
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{ServerEnvironment.Redis},allowAdmin=true");
        await connection.GetServers()[0].ScriptFlushAsync();

        await TakeAsync(limiter);
        await TakeAsync(limiter);

        (await limiter.GetStateAsync(Request.Key)).General.SlotsFree.ShouldBe(197);
        limiters.Log.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Keys_OfAToken_AreInOneSlotAndExpire()
    {
        var limiter = limiters.Add();
        await limiter.CompleteAsync(await TakeAsync(limiter), RateLimitOutcome.Answered);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(ServerEnvironment.Redis);
        var database = connection.GetDatabase();
        var keys = 0;

        await foreach (var key in connection.GetServers()[0].KeysAsync(pattern: $"{limiters.Redis.KeyPrefix}:*"))
        {
            keys++;
            key.ToString().ShouldStartWith($"{limiters.Redis.KeyPrefix}:limiter:{{{Request.Key}}}:");
            (await database.KeyTimeToLiveAsync(key))!.Value.ShouldBeLessThan(TimeSpan.FromMinutes(30));
        }

        keys.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task AcquireAsync_ByTheClockOfTheServer_GrantsAndFrees()
    {
        using var real = new RedisLimiters(ServerEnvironment.Redis, options, TimeProvider.System, isVirtual: false);
        var limiter = real.Add();

        var lease = (await limiter.AcquireAsync(Request))!;
        (await limiter.GetStateAsync(Request.Key)).General.SlotsFree.ShouldBe(199);
        await limiter.CompleteAsync(lease, RateLimitOutcome.NotSent);

        (await limiter.GetStateAsync(Request.Key)).General.SlotsFree.ShouldBe(200);
        for (var i = 0; i < 5; i++)
        {
            (await limiter.AcquireAsync(Request)).ShouldNotBeNull();
        }
    }

    private async Task<int> ReadSlotsFreeAsync()
    {
        using var direct = new RedisLimiters(ServerEnvironment.Redis, options, time, isVirtual: true);
        direct.Redis.KeyPrefix = limiters.Redis.KeyPrefix;
        return (await direct.Add().GetStateAsync(Request.Key)).General.SlotsFree;
    }

    private Task SettleAsync() => limiters.SettleAsync();

    private async Task<Task<RateLimitLease?>> StartAsync(RedisRateLimiter limiter)
    {
        var acquiring = limiter.AcquireAsync(Request).AsTask();
        await SettleAsync();
        return acquiring;
    }

    private async Task<RateLimitLease> TakeAsync(RedisRateLimiter limiter)
    {
        var acquiring = await StartAsync(limiter);
        while (!acquiring.IsCompleted)
        {
            await AdvanceAsync(TimeSpan.FromMilliseconds(1));
        }

        return (await acquiring)!;
    }

    private async Task AdvanceAsync(TimeSpan by)
    {
        await SettleAsync();
        while (time.NextTimer is { } next && next <= by)
        {
            time.Advance(next);
            by -= next;
            await SettleAsync();
        }

        time.Advance(by);
        await SettleAsync();
    }
}
