using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Contract.Tests.Transport;

/// <summary>The system's time, but for the limits of a call: those pass when a test says so, and never because a machine is slow.</summary>
/// <param name="limit">The shortest wait that is a limit.</param>
internal sealed class LimitClock(TimeSpan limit) : TimeProvider
{
    private readonly FakeTimeProvider limits = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new EitherTimer(
            limit,
            limits.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan),
            System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        timer.Change(dueTime, period);
        return timer;
    }

    public void LetLimitsPass() => limits.Advance(limit);

    // A timer may be made first and set later, so each has one of both clocks.
    private sealed class EitherTimer(TimeSpan limit, ITimer limiting, ITimer waiting) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var (used, unused) = dueTime >= limit ? (limiting, waiting) : (waiting, limiting);
            return unused.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) && used.Change(dueTime, period);
        }

        public void Dispose()
        {
            limiting.Dispose();
            waiting.Dispose();
        }

        public async ValueTask DisposeAsync()
        {
            await limiting.DisposeAsync();
            await waiting.DisposeAsync();
        }
    }
}
