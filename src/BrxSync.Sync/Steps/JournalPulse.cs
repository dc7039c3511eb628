using System.Collections.Concurrent;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Feeds;

namespace BrxSync.Sync.Steps;

/// <summary>Tells of new entries of the journal: the jobs, where there are feeds, and whoever waits for them in this process.</summary>
internal sealed class JournalPulse(IWorkSignal signal, FeedNames feeds)
{
    private readonly ConcurrentDictionary<AccountId, TaskCompletionSource> _waiting = new();

    /// <summary>Gives what ends with the next commit that writes entries of an account.</summary>
    public Task NextOf(AccountId accountId) =>
        _waiting.GetOrAdd(accountId, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Tells of a commit.</summary>
    public void Tell(AccountId accountId)
    {
        if (_waiting.TryRemove(accountId, out var waiting))
        {
            waiting.TrySetResult();
        }

        if (feeds.All.Count > 0)
        {
            signal.Raise(accountId, WorkKind.Feed);
        }
    }
}
