namespace BrxSync.Store.Compliance.Changes;

/// <summary>
/// The clock of a process that may be stopped: time passes, but nothing happens in the process, and what was due happens some time after it
/// goes on.
/// </summary>
internal sealed class StoppedTimers(TimeProvider time) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Action> _due = [];
    private bool _isStopped;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp() => time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(given => Happen(() => callback(given)), state, dueTime, period);

    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
        }
    }

    public void GoOn()
    {
        Action[] due;
        lock (_gate)
        {
            (_isStopped, due) = (false, [.. _due]);
            _due.Clear();
        }

        Array.ForEach(due, static happen => happen());
    }

    private void Happen(Action happen)
    {
        lock (_gate)
        {
            if (_isStopped)
            {
                _due.Add(happen);
                return;
            }
        }

        happen();
    }
}
