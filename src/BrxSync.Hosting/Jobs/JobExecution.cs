using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using Microsoft.Extensions.Options;

namespace BrxSync.Hosting.Jobs;

/// <summary>Runs a job within the time limits, and says how it ended.</summary>
internal sealed class JobExecution(IOptions<JobsOptions> options, TimeProvider time, JobLog log)
{
    /// <summary>Runs it; nothing that it throws goes through.</summary>
    public async Task<(string Outcome, Exception? Failure, TimeSpan Duration)> RunAsync(
        WorkKind kind, Func<AccountId, CancellationToken, Task> run, AccountId account, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
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
                return Ended(JobOutcome.Completed, null);
            }
            catch (BrxSyncException exception) when (exception.BarsAccount)
            {
                return Ended(JobOutcome.Skipped, null);
            }
            catch (OperationCanceledException exception) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                log.TimedOut(JobKinds.NameOf(kind), account, options.Value.SoftLimit);
                return Ended(JobOutcome.TimedOut, exception);
            }
            catch (Exception exception)
                when (exception is OperationCanceledException or SyncFencedException || cancellationToken.IsCancellationRequested)
            {
                return Ended(JobOutcome.Cancelled, null);
            }
            catch (Exception exception)
            {
                return Ended(JobOutcome.Failed, exception);
            }
        }

        (string, Exception?, TimeSpan) Ended(string outcome, Exception? failure) => (outcome, failure, time.GetElapsedTime(started));
    }
}
