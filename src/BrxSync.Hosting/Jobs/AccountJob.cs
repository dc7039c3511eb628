using System.Data.Common;
using System.Diagnostics;
using BrxSync.Client.Errors;
using BrxSync.Hosting.Diagnostics;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using Microsoft.Extensions.Options;
using Quartz;

namespace BrxSync.Hosting.Jobs;

/// <summary>
/// Runs the handler of a job's kind for its account, within the time limits, and says how it ended. Failures that may pass by
/// themselves are repeated by the scheduler; all others end here, since what they left is found by the next sweep.
/// </summary>
/// <remarks>Databases hold the name of this class and of its assembly: neither can change as long as versions run side by side.</remarks>
[DisallowConcurrentExecution]
internal sealed class AccountJob(
    IEnumerable<IJobHandler> handlers,
    JobQueue queue,
    JobTelemetry telemetry,
    IOptions<JobsOptions> options,
    TimeProvider time,
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
        var traceParent = context.Trigger.JobDataMap.TryGetValue(JobKinds.TraceParent, out var parent) ? parent as string : null;
        using var activity = HostingDiagnostics.StartJob(key.Group, traceParent);
        var started = time.GetTimestamp();
        var isLastAttempt = context.RetryAttempt >= options.Value.RetryAttempts;
        Func<AccountId, CancellationToken, Task> run = context.Recovering && handler is ITakeOver takeOver
            ? takeOver.TakeOverAsync
            : handler.RunAsync;
        var (outcome, failure) = await RunAsync(kind, run, account, cancellationToken).ConfigureAwait(false);
        if (outcome == JobOutcome.Retried && isLastAttempt)
        {
            outcome = JobOutcome.Failed;
        }

        var isStopped = outcome == JobOutcome.Cancelled && cancellationToken.IsCancellationRequested;
        telemetry.Ended(key.Group, outcome, time.GetElapsedTime(started));
        activity.SetTag("outcome", outcome);
        activity.SetStatus(failure is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        if (outcome == JobOutcome.Retried)
        {
            log.Retried(key.Group, account, context.RetryAttempt + 1, failure!);
            if (context.Trigger.RetryPolicy is not null)
            {
                throw new JobExecutionException(failure!);
            }

            // The trigger of a job that was taken over knows of no repetitions.
            await queue.EnqueueAsync(account, kind, asked: false, cancellationToken, traceParent).ConfigureAwait(false);
        }

        if (outcome == JobOutcome.Failed)
        {
            log.Failed(key.Group, account, failure!);
        }

        if (isStopped)
        {
            // Tells the scheduler that the job is not done: where processes share their jobs, another one goes on with it.
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Recorded and left: whoever stored it may run it.</summary>
    private void Unknown(JobKey key)
    {
        log.Unknown(key.Group, key.Name);
        telemetry.Ended(key.Group, JobOutcome.Unknown, TimeSpan.Zero);
    }

    private async Task<(string Outcome, Exception? Failure)> RunAsync(
        WorkKind kind, Func<AccountId, CancellationToken, Task> run, AccountId account, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.SoftLimit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var overdue = time.CreateTimer(
            _ => log.Overdue(JobKinds.NameOf(kind), account, options.Value.HardLimit),
            null,
            options.Value.HardLimit,
            Timeout.InfiniteTimeSpan);
        await using (overdue.ConfigureAwait(false))
        {
            try
            {
                await run(account, linked.Token).ConfigureAwait(false);
                return (JobOutcome.Completed, null);
            }
            catch (BrxSyncException exception) when (exception.BarsAccount)
            {
                return (JobOutcome.Skipped, null);
            }
            catch (OperationCanceledException exception) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                log.TimedOut(JobKinds.NameOf(kind), account, options.Value.SoftLimit);
                return (JobOutcome.TimedOut, exception);
            }
            catch (Exception exception)
                when (exception is OperationCanceledException or SyncFencedException || cancellationToken.IsCancellationRequested)
            {
                return (JobOutcome.Cancelled, null);
            }
            catch (Exception exception)
            {
                return (IsTransient(exception) ? JobOutcome.Retried : JobOutcome.Failed, exception);
            }
        }
    }

    private static bool IsTransient(Exception exception) => exception switch
    {
        CardTraderException fault => fault.IsTransient,
        BrxSyncException fault => fault.IsTransient,
        DbException or TimeoutException or IOException => true,
        _ => false,
    };
}
