using System.Net;
using BrxSync.Client.Errors;
using BrxSync.Client.Inventory;

namespace BrxSync.Client.Jobs;

/// <summary>Drives one bulk run: keeps some jobs at work, asks for the one whose turn it is, settles what is done.</summary>
internal sealed class BulkRunner(IInventoryEndpoints endpoints, IJobsApi jobs, BulkRun run, TimeProvider timeProvider)
{
    // Since this runner was made, by the monotonic clock: the stored time of day says nothing about how long a job has been asked for.
    private readonly long _origin = timeProvider.GetTimestamp();
    private readonly Dictionary<int, JobAtWork> _atWork = [];

    private TimeSpan Elapsed => timeProvider.GetElapsedTime(_origin);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < run.Batches.Count; i++)
        {
            if (run.Batches[i].State == BulkBatchState.Submitted)
            {
                _atWork[i] = new JobAtWork(Elapsed, Elapsed);
            }
        }

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_atWork.Count < run.Options.MaxJobsAtWork && FindWaiting() is { } waiting)
            {
                await SubmitAsync(waiting, cancellationToken).ConfigureAwait(false);
            }
            else if (_atWork.Count > 0)
            {
                await PollAsync(_atWork.MinBy(static job => job.Value.NextPoll).Key, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                return;
            }
        }
    }

    private int? FindWaiting()
    {
        for (var i = 0; i < run.Batches.Count; i++)
        {
            if (run.Batches[i].State == BulkBatchState.Waiting)
            {
                return i;
            }
        }

        return null;
    }

    private async Task SubmitAsync(int index, CancellationToken cancellationToken)
    {
        var batch = run.Batches[index];
        await ReportAsync(batch with { State = BulkBatchState.Submitting }, cancellationToken).ConfigureAwait(false);
        run.Set(index, batch with { State = BulkBatchState.Submitting });
        JobId job;
        try
        {
            var receipt = await BulkRequest.SendAsync(endpoints, run.Items, batch.Offset, batch.Count, cancellationToken)
                .ConfigureAwait(false);
            job = receipt.Id;
        }
        catch (CardTraderException exception) when (exception is { StatusCode: HttpStatusCode.UnprocessableEntity, IsTransient: false })
        {
            run.Refuse(index, exception.Errors.Count > 0 ? exception.Errors : [new CardTraderFault(string.Empty, exception.Message)]);
            await ReportAsync(run.Batches[index], cancellationToken).ConfigureAwait(false);
            return;
        }
        catch (Exception exception)
        {
            // A refused or repeatable batch can be handed in again. A create that may have arrived must not, whoever threw: an observer
            // does so when CardTrader has the batch.
            var mayHaveArrived = exception is not CardTraderException failure || failure.IsOutcomeUnknown;
            if (run.Kind == BulkKind.Create && mayHaveArrived)
            {
                run.Doubt(index, "The answer was lost: " + exception.Message);
            }
            else
            {
                run.Set(index, batch);
            }

            await ReportAsync(run.Batches[index], CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        run.Set(index, batch with { State = BulkBatchState.Submitted, JobId = job, SubmittedAt = timeProvider.GetUtcNow() });
        _atWork[index] = new JobAtWork(Elapsed, Elapsed + run.Options.PollInterval);

        // The job exists whatever happens next, so its id is reported even if the caller has given up meanwhile.
        await ReportAsync(run.Batches[index], CancellationToken.None).ConfigureAwait(false);
    }

    private async Task PollAsync(int index, CancellationToken cancellationToken)
    {
        var delay = _atWork[index].NextPoll - Elapsed;
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, timeProvider, cancellationToken).ConfigureAwait(false);
        }

        var batch = run.Batches[index];
        var job = await FindJobAsync(batch.JobId!.Value, cancellationToken).ConfigureAwait(false);
        if (job is null || job.State == JobState.Unknown)
        {
            run.Doubt(index, "CardTrader does not know the job any more.");
        }
        else if (job.State == JobState.Completed || (job.State == JobState.Unprocessable && job.Results.Count > 0))
        {
            run.Settle(index, job);
        }
        else if (job.State == JobState.Unprocessable)
        {
            run.Refuse(index, job.Errors.Count > 0 ? job.Errors : [new CardTraderFault(string.Empty, "The job is unprocessable.")]);
        }
        else if (Elapsed - _atWork[index].Since > run.Options.JobTimeout)
        {
            run.Doubt(index, $"The job was still {job.State} after {run.Options.JobTimeout.TotalSeconds:0} s.");
        }
        else
        {
            _atWork[index] = _atWork[index] with { NextPoll = Elapsed + run.Options.PollInterval };
            return;
        }

        _atWork.Remove(index);
        await ReportAsync(run.Batches[index], cancellationToken).ConfigureAwait(false);
    }

    private async Task<Job?> FindJobAsync(JobId job, CancellationToken cancellationToken)
    {
        try
        {
            return await jobs.GetAsync(job, cancellationToken).ConfigureAwait(false);
        }
        catch (CardTraderException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private ValueTask ReportAsync(BulkBatch batch, CancellationToken cancellationToken) =>
        run.Options.BatchChanged is { } report ? report(batch, cancellationToken) : ValueTask.CompletedTask;

    private readonly record struct JobAtWork(TimeSpan Since, TimeSpan NextPoll);
}
