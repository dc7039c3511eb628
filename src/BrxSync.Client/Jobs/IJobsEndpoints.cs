using BrxSync.Client.Http;
using Refit;

namespace BrxSync.Client.Jobs;

/// <summary>The endpoint about bulk jobs.</summary>
internal interface IJobsEndpoints : IEndpoints
{
    [Get("/jobs/{uuid}")]
    Task<UnreadAnswer> GetAsync(string uuid, [Property] CallKind kind = CallKind.JobPoll, CancellationToken cancellationToken = default);
}
