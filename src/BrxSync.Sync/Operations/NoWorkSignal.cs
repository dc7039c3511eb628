using BrxSync.Sync.Abstractions;

namespace BrxSync.Sync.Operations;

/// <summary>Used where nobody listens: work then waits until somebody looks into the store.</summary>
internal sealed class NoWorkSignal : IWorkSignal
{
    public void Raise(AccountId accountId, WorkKind kind)
    {
    }
}
