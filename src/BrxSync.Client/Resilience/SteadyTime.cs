namespace BrxSync.Client.Resilience;

/// <summary>
/// A clock for what compares instants only with each other: it starts at the wall clock's time and goes on by the monotonic clock. Somebody
/// who sets the wall clock moves neither an end that was set before nor one that is set after.
/// </summary>
/// <param name="time">The clock that it is made of.</param>
public sealed class SteadyTime(TimeProvider time) : TimeProvider
{
    private readonly DateTimeOffset _origin = time.GetUtcNow();
    private readonly long _originTimestamp = time.GetTimestamp();

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => time.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => At(time.GetTimestamp());

    /// <summary>Gives the instant of a timestamp.</summary>
    /// <param name="timestamp">A timestamp of the clock that it is made of.</param>
    /// <returns>The instant, as this clock would have told it then.</returns>
    public DateTimeOffset At(long timestamp) => _origin + time.GetElapsedTime(_originTimestamp, timestamp);

    /// <inheritdoc/>
    public override long GetTimestamp() => time.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
