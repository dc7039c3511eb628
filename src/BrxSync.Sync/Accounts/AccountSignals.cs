using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Accounts;

/// <summary>Tells what works on an account that it has changed.</summary>
internal sealed class AccountSignals(LiveRuns runs, IWorkSignal signal)
{
    /// <summary>Ends the runs of this process.</summary>
    public void CancelRuns(AccountId id) => runs.Cancel(id);

    /// <summary>Has changes sent that waited.</summary>
    public void Push(AccountId id) => signal.Raise(id, WorkKind.Push);
}
