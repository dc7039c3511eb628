using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Retries;

namespace BrxSync.Hosting.Jobs.Sweeps;

/// <summary>
/// Looks for work that has no job: what a crash or a lost signal left, and what is due by the clock. One at a time, over all processes.
/// </summary>
internal sealed class Sweep(
    IWorkStore work, IOperationStore operations, IJobRetryStore retries, JobQueue queue, WorkPlan plan, TimeProvider time)
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
            var (jobs, looks) = (new List<(AccountId, WorkKind)>(), new List<NextLook>());
            foreach (var account in page)
            {
                var now = time.GetUtcNow();
                var due = plan.Due(account, now).ToArray();
                if (due.Contains(WorkKind.Sync) && plan.NeedsFirstSync(account))
                {
                    await operations.QueueAsync(account.AccountId, OperationKinds.FullSync, cancellationToken).ConfigureAwait(false);
                }

                jobs.AddRange(due.Select(kind => (account.AccountId, kind)));
                if (plan.Next(account, now) is { } next)
                {
                    looks.Add(next);
                }

                after = account.AccountId;
            }

            await queue.EnqueueAsync(jobs, cancellationToken).ConfigureAwait(false);
            await work.PlanAsync(looks, cancellationToken).ConfigureAwait(false);
        }
        while (page.Count == PageSize);

        // Where the scheduler lives in the process, what waits to be tried again has lost its trigger with it.
        var again = await retries.ListDueAsync(LongestPause.OfJob, PageSize, cancellationToken).ConfigureAwait(false);
        await queue.EnqueueAsync([.. again.Select(job => (job.AccountId, job.Kind))], cancellationToken).ConfigureAwait(false);

        // Nobody else may ever come for what a bulk edit's process left open: its edits are with whoever gave them.
        await operations.CloseSilentAsync(OperationKinds.BulkEdit, cancellationToken).ConfigureAwait(false);
    }
}
