using System.Diagnostics;
using BrxSync.Hosting.Diagnostics;
using BrxSync.Sync;
using Quartz;

namespace BrxSync.Hosting.Jobs;

/// <summary>
/// Runs the handler of a job's kind for its account, and says how it ended. What comes after a failure, and what is not to be run yet, is
/// decided by <see cref="JobRetries"/>.
/// </summary>
/// <remarks>Databases hold the name of this class and of its assembly: neither can change as long as versions run side by side.</remarks>
[DisallowConcurrentExecution]
internal sealed class AccountJob(
    IEnumerable<IJobHandler> handlers,
    JobQueue queue,
    JobTelemetry telemetry,
    JobExecution execution,
    JobRetries retries,
    JobLog log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var key = context.JobDetail.Key;
        if (JobKinds.Find(key) is not var (account, kind))
        {
            Unknown(key);
            return;
        }

        queue.Started(account, kind);
        if (handlers.FirstOrDefault(candidate => candidate.Kind == kind) is not { } handler)
        {
            Unknown(key);
            return;
        }

        using var scope = log.Scope(key.Group, account);
        var attempt = await retries.LookUpAsync(JobAttempt.Of(context, account, kind), cancellationToken).ConfigureAwait(false);
        if (!context.Recovering
            && (attempt.IsVoid || await retries.PostponeAsync(attempt, cancellationToken).ConfigureAwait(false)))
        {
            return;
        }

        using var activity = HostingDiagnostics.StartJob(key.Group, attempt.TraceParent);
        Func<AccountId, CancellationToken, Task> run = context.Recovering && handler is ITakeOver takeOver
            ? takeOver.TakeOverAsync
            : handler.RunAsync;
        var (outcome, failure, duration) = await execution.RunAsync(kind, run, account, cancellationToken).ConfigureAwait(false);
        var isStopped = outcome == JobOutcome.Cancelled && cancellationToken.IsCancellationRequested;
        outcome = await ConcludeAsync(attempt, outcome, failure, cancellationToken).ConfigureAwait(false);
        telemetry.Ended(key.Group, outcome, duration);
        activity.SetTag("outcome", outcome);
        activity.SetStatus(failure is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        if (isStopped)
        {
            // Tells the scheduler that the job is not done: where processes share their jobs, another one goes on with it.
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<string> ConcludeAsync(
        JobAttempt attempt, string outcome, Exception? failure, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case JobOutcome.Failed:
                return await retries.FailedAsync(attempt, failure!, cancellationToken).ConfigureAwait(false);
            case JobOutcome.Completed or JobOutcome.Skipped:
                await retries.EndedAsync(attempt, outcome == JobOutcome.Completed, cancellationToken).ConfigureAwait(false);
                return outcome;
            default:
                return outcome;
        }
    }

    /// <summary>Recorded and left: whoever stored it may run it.</summary>
    private void Unknown(JobKey key)
    {
        log.Unknown(key.Group, key.Name);
        telemetry.Ended(key.Group, JobOutcome.Unknown, TimeSpan.Zero);
    }
}
