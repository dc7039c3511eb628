using BrxSync.Client.Http;
using BrxSync.Client.RateLimiting;

namespace BrxSync.Client.Jobs;

internal sealed class JobsApi(AccountSender sender) : IJobsApi
{
    public Task<Job> GetAsync(JobId job, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(job.Value, nameof(job));
        var call = ApiCall.Get("/jobs/{uuid}", "jobs/" + Uri.EscapeDataString(job.Value), OperationClass.JobPoll) with
        {
            Bucket = RateLimitBucket.Jobs,
        };
        return sender.ReadAsync(call, answer => JobReader.Read(answer, job), cancellationToken);
    }

    public async Task<IReadOnlyList<BulkItemResult>> RunAsync(BulkRun run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        sender.ThrowIfInvalid(run.Items.ToCall(0, 0), run.Items.FindFaults());
        await new BulkRunner(sender, this, run).RunAsync(cancellationToken).ConfigureAwait(false);
        return run.Results;
    }
}
