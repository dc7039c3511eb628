namespace BrxSync.Client.Resilience;

/// <summary>
/// A clock for what compares instants only with each other: it starts at the wall clock's time and goes on by the monotonic clock. Somebody
/// who sets the wall clock moves neither an end that was set before nor one that is set after.
/// </summary>
internal sealed class SteadyTime(TimeProvider time) : TimeProvider
{
    private readonly DateTimeOffset _origin = time.GetUtcNow();
    private readonly long _originTimestamp = time.GetTimestamp();

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => At(time.GetTimestamp());

    /// <summary>Gives the instant of a timestamp.</summary>
    public DateTimeOffset At(long timestamp) => _origin + time.GetElapsedTime(_originTimestamp, timestamp);

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
