using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Hosting.Jobs.Sweeps;

/// <summary>
/// Looks for work that has no job: what a crash or a lost signal left, and what is due by the clock. One at a time, over all processes.
/// </summary>
internal sealed class Sweep(
    IWorkStore work, IOperationStore operations, JobQueue queue, WorkPlan plan, TimeProvider time)
{
    /// <summary>How many accounts are taken at a time.</summary>
    private const int PageSize = 500;

    /// <summary>Gives every due piece of work its job.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        AccountId? after = null;
        IReadOnlyList<AccountWork> page;
        do
        {
            page = await work.ListDueAsync(plan.Horizon, after, PageSize, cancellationToken).ConfigureAwait(false);
            var looks = new List<NextLook>();
            foreach (var account in page)
            {
                var now = time.GetUtcNow();
                await EnqueueAsync(account, [.. plan.Due(account, now)], cancellationToken).ConfigureAwait(false);
                if (plan.Next(account, now) is { } next)
                {
                    looks.Add(next);
                }

                after = account.AccountId;
            }

            await work.PlanAsync(looks, cancellationToken).ConfigureAwait(false);
        }
        while (page.Count == PageSize);

        // Nobody else may ever come for what a bulk edit's process left open: its edits are with whoever gave them.
        await operations.CloseSilentAsync(OperationKinds.BulkEdit, cancellationToken).ConfigureAwait(false);
    }

    private async Task EnqueueAsync(AccountWork account, IReadOnlyList<WorkKind> due, CancellationToken cancellationToken)
    {
        if (due.Contains(WorkKind.Sync) && plan.NeedsFirstSync(account))
        {
            await operations.QueueAsync(account.AccountId, OperationKinds.FullSync, cancellationToken).ConfigureAwait(false);
        }

        foreach (var kind in due)
        {
            await queue.EnqueueAsync(account.AccountId, kind, asked: false, cancellationToken).ConfigureAwait(false);
        }
    }
}
