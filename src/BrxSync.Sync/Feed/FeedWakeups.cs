using System.Collections.Concurrent;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Feed;

/// <summary>
/// Asks for another run: at once, or when a feed is due again. What is lost with the process is found by whoever looks into the store.
/// </summary>
internal sealed class FeedWakeups(IWorkSignal signal, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<(AccountId Account, string Feed), ITimer> _timers = new();
    private volatile bool _isDisposed;

    public void Raise(AccountId accountId) => signal.Raise(accountId, WorkKind.Feed);

    public void RaiseAfter(AccountId accountId, string feed, TimeSpan wait)
    {
        var timer = time.CreateTimer(_ => Ring((accountId, feed)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timers.AddOrUpdate(
            (accountId, feed),
            static (_, added) => added,
            static (_, former, added) =>
            {
                former.Dispose();
                return added;
            },
            timer);
        timer.Change(wait, Timeout.InfiniteTimeSpan);
        if (_isDisposed)
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        foreach (var key in _timers.Keys)
        {
            Remove(key);
        }
    }

    private void Ring((AccountId Account, string Feed) key)
    {
        Remove(key);
        if (!_isDisposed)
        {
            signal.Raise(key.Account, WorkKind.Feed);
        }
    }

    private void Remove((AccountId Account, string Feed) key)
    {
        if (_timers.TryRemove(key, out var timer))
        {
            timer.Dispose();
        }
    }
}
