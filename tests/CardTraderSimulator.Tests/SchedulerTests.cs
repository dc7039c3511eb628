using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Simulator.Tests;

public sealed class SchedulerTests
{
    [Fact]
    public void RunDue_SeveralFellDueAtOnce_RunInOrder()
    {
        var clock = new SimulatorClock(new FakeTimeProvider());
        using var scheduler = new Scheduler(clock);
        var done = new List<(string Name, DateTimeOffset At)>();
        var start = clock.True;
        scheduler.After(TimeSpan.FromSeconds(1), () => done.Add(("first", clock.True)));
        scheduler.After(TimeSpan.FromSeconds(2), () => done.Add(("second", clock.True)));
        scheduler.After(TimeSpan.FromSeconds(3), () => done.Add(("third", clock.True)));

        clock.Advance(TimeSpan.FromMinutes(1));

        done.ShouldBe([("first", start.AddSeconds(1)), ("second", start.AddSeconds(2)), ("third", start.AddSeconds(3))]);
    }

    [Fact]
    public void After_NoDelay_LeavesTheActionToWhoeverRunsWhatIsDue()
    {
        var time = new FakeTimeProvider();
        using var scheduler = new Scheduler(new SimulatorClock(time));
        var isDone = false;

        scheduler.After(TimeSpan.Zero, () => isDone = true);
        isDone.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));

        isDone.ShouldBeTrue();
    }

    [Fact]
    public void RunDue_WhileAnotherThreadDoesWhatWasDue_WaitsForItsEnd()
    {
        var time = new FakeTimeProvider();
        using var scheduler = new Scheduler(new SimulatorClock(time));
        using var began = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        var (isDone, wasDone) = (false, false);
        scheduler.After(TimeSpan.FromSeconds(1), () =>
        {
            began.Set();
            mayEnd.Wait();
            isDone = true;
        });
        var acting = new Thread(() => time.Advance(TimeSpan.FromSeconds(1)));
        acting.Start();
        began.Wait();

        var call = new Thread(() =>
        {
            scheduler.RunDue();
            wasDone = isDone;
        });
        call.Start();
        SpinWait.SpinUntil(() => call.ThreadState is ThreadState.WaitSleepJoin or ThreadState.Stopped);
        mayEnd.Set();
        call.Join();
        acting.Join();

        wasDone.ShouldBeTrue();
    }
}
