using BrxSync.Testing;

namespace BrxSync.Simulator.Tests;

public sealed class SchedulerTests
{
    [Fact]
    public void RunDue_WhileAnotherThreadDoesWhatWasDue_WaitsForItsEnd()
    {
        var time = new ManualTimeProvider();
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
