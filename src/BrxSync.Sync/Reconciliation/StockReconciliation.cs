using BrxSync.Sync.Runs;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Reconciliation;

/// <summary>
/// Compares an account's whole stock with CardTrader field by field, stores a report of what differed, then repairs what the rules
/// allow, as a full sync does. It finds also what another program changed in the table behind the service's back.
/// </summary>
internal sealed class StockReconciliation : IReconciliation
{
    private readonly SyncRunner _runner;
    private readonly int _samples;

    public StockReconciliation(SyncRunner runner, IOptions<ReconciliationOptions> options) =>
        (_runner, _samples) = (runner, options.Value.SampleCount);

    public Task<SyncResult> RunAsync(AccountId accountId, CancellationToken cancellationToken = default) =>
        _runner.RunAsync(RequestFor(accountId), null, cancellationToken);

    /// <summary>Runs it as a job: failures are thrown, and what may pass leaves the operation to be tried again.</summary>
    public Task RunJobAsync(AccountId accountId, CancellationToken cancellationToken) =>
        _runner.RunAsync(RequestFor(accountId) with { IsJob = true }, null, cancellationToken);

    private RunRequest RequestFor(AccountId accountId) =>
        new() { AccountId = accountId, Kind = OperationKinds.Reconcile, DriftSamples = _samples };
}
