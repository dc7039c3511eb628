using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Hosting.Jobs;

/// <summary>Does one kind of work for one account. Handlers are found by registration.</summary>
internal interface IJobHandler
{
    /// <summary>Gets the kind of work it does.</summary>
    WorkKind Kind { get; }

    /// <summary>Does what waits; having nothing to do is fine.</summary>
    Task RunAsync(AccountId accountId, CancellationToken cancellationToken);
}
