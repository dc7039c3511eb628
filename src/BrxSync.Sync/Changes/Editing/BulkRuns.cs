using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Runs;
using BrxSync.Sync.Snapshots;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Changes.Editing;

/// <summary>Begins the runs of bulk edits, each with its record among the operations.</summary>
internal sealed class BulkRuns(
    IOperationStore operations, IChangeStore changes, IStoreFaults faults, TimeProvider time, ILogger<BulkRuns> logger)
{
    /// <summary>Begins one, or goes on with one that was interrupted.</summary>
    /// <exception cref="SyncInProgressException">The operation runs elsewhere.</exception>
    /// <exception cref="ArgumentException">The operation's id is that of something else.</exception>
    public async Task<BulkRun> BeginAsync(AccountId accountId, BulkEdit options, CancellationToken cancellationToken)
    {
        var id = options.OperationOf(accountId);
        while (true)
        {
            // Its row must be ended once it is there: a cancellation is met before, or by the first part.
            cancellationToken.ThrowIfCancellationRequested();
            var begun = await operations.BeginAsync(accountId, id, OperationKinds.BulkEdit, CancellationToken.None).ConfigureAwait(false);
            if (begun is { } run)
            {
                var made = await changes.ListAsync(accountId, null, options.OperationId, null, 1, CancellationToken.None)
                    .ConfigureAwait(false);
                return new BulkRun(accountId, run, Reporter, operations, faults, logger)
                {
                    MayRepeat = made.Count > 0, Expected = options.Expected ?? 0,
                };
            }

            var known = await operations.FindAsync(accountId, id, cancellationToken).ConfigureAwait(false);
            if (known is not null && known.Kind != OperationKinds.BulkEdit)
            {
                throw new ArgumentException(
                    $"The operation {options.OperationId} is another one: give each bulk edit an id of its own.", nameof(options));
            }

            if (known is { IsLive: true })
            {
                throw new SyncInProgressException(
                    $"The bulk edit {options.OperationId} is being made already; watch it, or wait for its end.")
                {
                    OperationId = id,
                };
            }
        }

        ProgressReporter Reporter(OperationRun run, SyncCounters counters, Action ended) =>
            new(run.OperationId, counters, operations, null, time, logger) { Account = accountId, Ended = ended };
    }
}
