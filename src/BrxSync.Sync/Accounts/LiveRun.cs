namespace BrxSync.Sync.Accounts;

/// <summary>One run: cancelled by its caller, or because its account or its operation was ended.</summary>
internal sealed class LiveRun : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly Action<LiveRun> _leave;
    private readonly Lock _gate = new();
    private bool _disposed;

    public LiveRun(Action<LiveRun> leave, CancellationToken cancellationToken)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        (Token, _leave) = (_source.Token, leave);
    }

    /// <summary>Gets what the run obeys.</summary>
    public CancellationToken Token { get; }

    /// <summary>Cancels the run; one that has ended is left alone.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                // Beside the caller: what the run has registered for its cancellation must not run inside of a suspension.
                _ = _source.CancelAsync();
            }
        }
    }

    public void Dispose()
    {
        _leave(this);
        lock (_gate)
        {
            _disposed = true;
            _source.Dispose();
        }
    }
}
