using BrxSync.Testing;

namespace BrxSync.Architecture.Tests.Testing;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider time = new();

    [Fact]
    public void Advance_SeveralTimers_FireInDueOrderAtTheirInstant()
    {
        var fired = new List<(string Name, DateTimeOffset At)>();
        using var late = Timer("late", 30);
        using var early = Timer("early", 10);
        using var earlyToo = Timer("early too", 10);

        time.Advance(TimeSpan.FromSeconds(30));

        fired.ShouldBe([("early", At(10)), ("early too", At(10)), ("late", At(30))]);
        time.PendingTimers.ShouldBe(0);

        ITimer Timer(string name, int seconds) =>
            time.CreateTimer(_ => fired.Add((name, time.GetUtcNow())), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void Advance_TimerStartedByACallback_FiresInTheSameAdvance()
    {
        var fired = new List<DateTimeOffset>();
        ITimer? second = null;
        using var first = time.CreateTimer(
            _ => second = time.CreateTimer(_ => fired.Add(time.GetUtcNow()), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan),
            null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);

        time.Advance(TimeSpan.FromSeconds(14));
        fired.ShouldBeEmpty();
        time.Advance(TimeSpan.FromSeconds(1));

        fired.ShouldBe([At(15)]);
        second!.Dispose();
    }

    [Fact]
    public void Advance_PeriodicTimer_FiresOncePerPeriodUntilDisposed()
    {
        var count = 0;
        var timer = time.CreateTimer(_ => count++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        time.Advance(TimeSpan.FromSeconds(7));
        count.ShouldBe(4);
        timer.Dispose();
        time.Advance(TimeSpan.FromSeconds(7));

        count.ShouldBe(4);
        timer.Change(TimeSpan.Zero, TimeSpan.Zero).ShouldBeFalse();
    }

    [Fact]
    public void Change_TimerThatWaits_MovesIt()
    {
        var fired = new List<DateTimeOffset>();
        using var timer = time.CreateTimer(_ => fired.Add(time.GetUtcNow()), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        timer.Change(TimeSpan.FromSeconds(9), Timeout.InfiniteTimeSpan);
        time.NextTimer.ShouldBe(TimeSpan.FromSeconds(9));
        time.Advance(TimeSpan.FromMinutes(1));

        fired.ShouldBe([At(9)]);
    }

    [Fact]
    public void GetTimestamp_AfterAdvance_AgreesWithTheWallClock()
    {
        var start = time.GetTimestamp();

        time.Advance(TimeSpan.FromMilliseconds(1_234));

        time.GetElapsedTime(start).ShouldBe(TimeSpan.FromMilliseconds(1_234));
        time.GetUtcNow().ShouldBe(time.Start.AddMilliseconds(1_234));
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public void StepWallClock_EitherWay_LeavesElapsedTimeAndTimersAlone(int hours)
    {
        var start = time.GetTimestamp();
        var fired = new List<DateTimeOffset>();
        using var timer = time.CreateTimer(_ => fired.Add(time.GetUtcNow()), null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);

        time.StepWallClock(TimeSpan.FromHours(hours));

        time.GetElapsedTime(start).ShouldBe(TimeSpan.Zero);
        time.NextTimer.ShouldBe(TimeSpan.FromSeconds(10));
        time.GetUtcNow().ShouldBe(At(0).AddHours(hours));
        fired.ShouldBeEmpty();

        time.Advance(TimeSpan.FromSeconds(10));

        fired.ShouldBe([At(10).AddHours(hours)]);
        time.GetElapsedTime(start).ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task RunAsync_CodeThatDelays_EndsAtTheVirtualInstant()
    {
        var ended = await time.RunAsync(DelayTwiceAsync());

        ended.ShouldBe(At(90));

        async Task<DateTimeOffset> DelayTwiceAsync()
        {
            await Task.Delay(TimeSpan.FromSeconds(30), time);
            await Task.Yield();
            await Task.Delay(TimeSpan.FromMinutes(1), time);
            return time.GetUtcNow();
        }
    }

    [Fact]
    public async Task RunAsync_TaskBeyondTheLimit_FailsInsteadOfWaiting()
    {
        var delay = Task.Delay(TimeSpan.FromHours(2), time);

        await Should.ThrowAsync<TimeoutException>(() => time.RunAsync(delay, TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task WaitForTimersAsync_TimerStartedLater_Completes()
    {
        var waiting = time.WaitForTimersAsync(2);
        using var first = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
        waiting.IsCompleted.ShouldBeFalse();

        using var second = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
        await waiting;
        time.Advance(TimeSpan.FromSeconds(1));

        first.IsCancellationRequested.ShouldBeTrue();
        second.IsCancellationRequested.ShouldBeTrue();
    }

    private DateTimeOffset At(double seconds) => time.Start.AddSeconds(seconds);
}
