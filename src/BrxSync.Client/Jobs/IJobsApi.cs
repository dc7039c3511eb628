using BrxSync.Client.Errors;

namespace BrxSync.Client.Jobs;

/// <summary>Changes many products at once and follows the jobs that do it.</summary>
public interface IJobsApi
{
    /// <summary>Reads how far a job is (<c>GET /jobs/:uuid</c>). All jobs of a token together may be asked for once per second.</summary>
    /// <param name="job">The job.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="CardTraderException">The call failed.</exception>
    Task<Job> GetAsync(JobId job, CancellationToken cancellationToken = default);

    /// <summary>
    /// Runs a bulk create, update or delete of any size to its end: hands batches in, follows their jobs, judges each element.
    /// </summary>
    /// <remarks>
    /// A single bad element never fails the others. When the call throws or is cancelled, the run holds all that was reached, job ids
    /// included: pass it in again to go on. Elements of a create whose answer was lost are in doubt and are not sent again.
    /// </remarks>
    /// <param name="run">What to do; keeps the progress.</param>
    /// <param name="cancellationToken">Stops the run between two steps. Jobs at work go on at CardTrader.</param>
    /// <returns>What became of each element, in the order of the list that the run was made of.</returns>
    /// <exception cref="CardTraderException">
    /// Elements are wrong (every fault is listed, nothing is sent), or a call failed for good.
    /// </exception>
    Task<IReadOnlyList<BulkItemResult>> RunAsync(BulkRun run, CancellationToken cancellationToken = default);
}
