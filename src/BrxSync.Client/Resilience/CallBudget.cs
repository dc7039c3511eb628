namespace BrxSync.Client.Resilience;

/// <summary>The time one call may take. The clock stands still while the call waits for a slot of the rate limiter.</summary>
internal sealed class CallBudget : IDisposable
{
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _linked;
    private readonly TimeProvider _timeProvider;
    private TimeSpan _left;
    private long _startedAt;

    public CallBudget(TimeSpan total, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        _timeProvider = timeProvider;
        _left = total;
        _startedAt = timeProvider.GetTimestamp();
        _timer = new CancellationTokenSource(total, timeProvider);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, cancellationToken);
    }

    /// <summary>Cancelled when the time is over or the caller gives up.</summary>
    public CancellationToken Token => _linked.Token;

    public bool IsSpent => _timer.IsCancellationRequested;

    public void Pause()
    {
        _left -= _timeProvider.GetElapsedTime(_startedAt);
        _timer.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    public void Resume()
    {
        _startedAt = _timeProvider.GetTimestamp();
        _timer.CancelAfter(_left > TimeSpan.Zero ? _left : TimeSpan.Zero);
    }

    public void Dispose()
    {
        _linked.Dispose();
        _timer.Dispose();
    }
}
