namespace BrxSync.Sync.Reconciliation;

/// <summary>
/// The time of day against which stored successes are measured. Somebody who sets the clock makes all of them look old, or as if they were
/// still to come, until each account has succeeded once more: meanwhile the earlier of both readings holds, and none is disbelieved.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="patience">How long after the clock was set every account that is well has succeeded again.</param>
internal sealed class FreshnessClock(TimeProvider time, TimeSpan patience)
{
    // What time servers correct bit by bit, or a machine that was busy between two readings, is no step.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    private DateTimeOffset _origin = time.GetUtcNow();
    private long _originTimestamp = time.GetTimestamp();
    private long? _steppedAt;

    /// <summary>Tells the time, and whether every account that is well has succeeded since the clock was set last.</summary>
    public (DateTimeOffset Now, bool IsSettled) Read()
    {
        var (wall, timestamp) = (time.GetUtcNow(), time.GetTimestamp());
        var steady = _origin + time.GetElapsedTime(_originTimestamp, timestamp);
        if (_steppedAt is { } at && time.GetElapsedTime(at, timestamp) >= patience)
        {
            (_origin, _originTimestamp, _steppedAt) = (wall, timestamp, null);
            return (wall, true);
        }

        if (wall < steady - Tolerance)
        {
            (_origin, _originTimestamp, _steppedAt) = (wall, timestamp, timestamp);
        }
        else if (wall > steady + Tolerance)
        {
            _steppedAt ??= timestamp;
            return (steady, false);
        }

        return (wall, _steppedAt is null);
    }
}
