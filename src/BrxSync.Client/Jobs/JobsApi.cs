using BrxSync.Client.Errors;
using BrxSync.Client.Inventory;

namespace BrxSync.Client.Jobs;

internal sealed class JobsApi(IJobsEndpoints endpoints, IInventoryEndpoints inventory, TimeProvider timeProvider) : IJobsApi
{
    public async Task<Job> GetAsync(JobId job, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(job.Value, nameof(job));
        var answer = await endpoints.GetAsync(job.Value, cancellationToken: cancellationToken).ConfigureAwait(false);
        return answer.Read(body => JobReader.Read(body, job));
    }

    public async Task<IReadOnlyList<BulkItemResult>> RunAsync(BulkRun run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        CallErrors.ThrowIfInvalid(HttpMethod.Post, run.Items.Route, run.Items.FindFaults());
        await new BulkRunner(inventory, this, run, timeProvider).RunAsync(cancellationToken).ConfigureAwait(false);
        return run.Results;
    }
}
