using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Hosting.Jobs;

/// <summary>Looks for work that has no job: what a crash or a lost signal left, and what is due by the clock. One at a time.</summary>
internal sealed class Sweep(
    IWorkStore work, IOperationStore operations, JobQueue queue, WorkPlan plan, TimeProvider time)
{
    private Dictionary<(AccountId Account, WorkKind Kind), long> _attempted = [];

    /// <summary>Gives every due piece of work its job.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (now, timestamp) = (time.GetUtcNow(), time.GetTimestamp());
        var attempted = new Dictionary<(AccountId, WorkKind), long>();
        foreach (var account in await work.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            var due = plan.Due(
                account,
                kind => _attempted.TryGetValue((account.AccountId, kind), out var at) ? time.GetElapsedTime(at, timestamp) : null,
                now).ToArray();
            foreach (var kind in Enum.GetValues<WorkKind>())
            {
                if (due.Contains(kind))
                {
                    attempted[(account.AccountId, kind)] = timestamp;
                }
                else if (_attempted.TryGetValue((account.AccountId, kind), out var before))
                {
                    attempted[(account.AccountId, kind)] = before;
                }
            }

            if (due.Contains(WorkKind.Sync) && plan.NeedsFirstSync(account))
            {
                await operations.QueueAsync(account.AccountId, OperationKinds.FullSync, cancellationToken).ConfigureAwait(false);
            }

            foreach (var kind in due)
            {
                await queue.EnqueueAsync(account.AccountId, kind, cancellationToken).ConfigureAwait(false);
            }
        }

        _attempted = attempted;

        // Nobody else may ever come for what a bulk edit's process left open: its edits are with whoever gave them.
        await operations.CloseSilentAsync(OperationKinds.BulkEdit, cancellationToken).ConfigureAwait(false);
    }
}
