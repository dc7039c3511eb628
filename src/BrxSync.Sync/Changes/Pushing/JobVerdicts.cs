using BrxSync.Client.Jobs;
using BrxSync.Sync.Stock.Changes;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>Judges the elements of a job that has ended, each by itself.</summary>
/// <param name="job">The job.</param>
/// <param name="count">How many elements it had.</param>
internal sealed class JobVerdicts(Job job, int count)
{
    private readonly ILookup<int, JobElementResult> _results = job.Results.ToLookup(result => result.Index);

    /// <summary>Judges the element at a place.</summary>
    public ChangeVerdict Of(int index) => (_results[index].ToArray(), job.State) switch
    {
        (_, var state) when state == JobState.Unknown => ChangeVerdict.Lost("CardTrader does not know what became of the job."),
        ([{ Result: "ok" or "warning" } result], _) => ChangeVerdict.Done(result.ProductId, result.Warnings),
        ([{ Result: "error" } result], _) => ChangeVerdict.Refused(result.Errors),
        ([], var state) when state == JobState.Unprocessable => Unprocessed(),
        ([], _) => ChangeVerdict.Lost("The job says nothing about the change."),
        _ => ChangeVerdict.Lost("The job names the change more than once, or says nothing that is known about it."),
    };

    private ChangeVerdict Unprocessed() => new(count > 1 ? SendOutcome.NotSent : SendOutcome.Rejected)
    {
        GoesAlone = count > 1,
        Code = "unprocessable",
        Error = ChangeVerdict.Words("CardTrader did not process the job.", job.Errors),
    };
}
