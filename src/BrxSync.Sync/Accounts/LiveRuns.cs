using System.Collections.Concurrent;

namespace BrxSync.Sync.Accounts;

/// <summary>
/// The runs of this process, to be cancelled with their account. Runs of other processes notice at their next sign of life.
/// </summary>
internal sealed class LiveRuns
{
    private readonly ConcurrentDictionary<LiveRun, AccountId> _runs = new();

    /// <summary>Enters a run; it leaves when it is disposed.</summary>
    public LiveRun Enter(AccountId accountId, CancellationToken cancellationToken)
    {
        var run = new LiveRun(Leave, cancellationToken);
        _runs.TryAdd(run, accountId);
        return run;
    }

    /// <summary>Cancels the account's runs in this process.</summary>
    public void Cancel(AccountId accountId)
    {
        foreach (var (run, account) in _runs)
        {
            if (account == accountId)
            {
                run.Cancel();
            }
        }
    }

    private void Leave(LiveRun run) => _runs.TryRemove(run, out _);
}
