namespace BrxSync.Sync.Time;

/// <summary>
/// For how long a process may send what it has stored as being sent; after that, others take it for lost. Both clocks count: one stands
/// still while a machine sleeps, the other may be set.
/// </summary>
/// <param name="time">Our clock.</param>
/// <param name="length">How long it is.</param>
internal sealed class SendWindow(TimeProvider time, TimeSpan length)
{
    private (long Timestamp, DateTimeOffset At) _began = (time.GetTimestamp(), time.GetUtcNow());

    /// <summary>Gets whether something may still be sent.</summary>
    public bool IsOpen => Elapsed < length;

    /// <summary>Gets for how long it has been open, by the clock that says more.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            var (timestamp, at) = _began;
            var (passed, wall) = (time.GetElapsedTime(timestamp), time.GetUtcNow() - at);
            return passed > wall ? passed : wall;
        }
    }
}
