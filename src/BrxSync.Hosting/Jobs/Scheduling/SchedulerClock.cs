using BrxSync.Client.Resilience;
using BrxSync.Sync.Abstractions;

namespace BrxSync.Hosting.Jobs.Scheduling;

/// <summary>
/// The scheduler's clock. It goes on by the monotonic clock, so that nobody who sets the host's clock moves a trigger. Where processes
/// share their jobs it starts at the database's time: they compare each other's times, and their hosts' clocks may differ.
/// </summary>
internal sealed class SchedulerClock(TimeProvider time, ISchedulerDatabase? shared = null) : TimeProvider
{
    /// <summary>What two monotonic clocks drift apart by, at most, between two looks. More than that is a clock that was set.</summary>
    private static readonly TimeSpan MostDrift = TimeSpan.FromSeconds(2);

    private readonly SteadyTime _steady = new(time);
    private long _shiftTicks;
    private bool _isAligned;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long TimestampFrequency => time.TimestampFrequency;

    /// <summary>
    /// Starts at the database's time, or follows it again a little. A database whose clock was set since is not followed: the other
    /// processes go on by the time that it had.
    /// </summary>
    public async Task AlignAsync(CancellationToken cancellationToken)
    {
        if (shared is null)
        {
            return;
        }

        var before = GetUtcNow();
        var told = await shared.GetTimeAsync(cancellationToken).ConfigureAwait(false);
        var after = GetUtcNow();
        var difference = told - (before + ((after - before) / 2));
        if (!_isAligned || difference.Duration() <= MostDrift)
        {
            Interlocked.Add(ref _shiftTicks, difference.Ticks);
            _isAligned = true;
        }
    }

    public override DateTimeOffset GetUtcNow() => _steady.GetUtcNow().AddTicks(Interlocked.Read(ref _shiftTicks));

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
