using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Hosting.Jobs.Handlers;

/// <summary>Brings the changes that wait to CardTrader.</summary>
internal sealed class PushJobHandler(IPush push) : IJobHandler
{
    public WorkKind Kind => WorkKind.Push;

    public Task RunAsync(AccountId accountId, CancellationToken cancellationToken) => push.RunAsync(accountId, cancellationToken);
}
