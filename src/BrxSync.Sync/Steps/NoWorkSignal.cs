using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Steps;

/// <summary>Used where nobody listens: work then waits until somebody looks into the store.</summary>
internal sealed class NoWorkSignal : IWorkSignal
{
    public void Raise(AccountId accountId, WorkKind kind)
    {
    }
}
