namespace BrxSync.Testing;

/// <summary>
/// The wall clock of one host: somebody sets it at any moment, while time itself, timers and timestamps go on as they did.
/// </summary>
/// <param name="time">The time itself.</param>
public sealed class HostClock(TimeProvider time) : TimeProvider
{
    private long error;

    /// <summary>By how much the clock is wrong.</summary>
    public TimeSpan Error
    {
        get => new(Interlocked.Read(ref error));
        set => Interlocked.Exchange(ref error, value.Ticks);
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => time.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Error;

    /// <inheritdoc/>
    public override long GetTimestamp() => time.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
