using System.Globalization;
using System.Text.Json.Nodes;
using BrxSync.Client.Errors;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Retries;
using BrxSync.Sync.Runs;
using BrxSync.Sync.Steps;

namespace BrxSync.Sync.DeadLetters;

/// <summary>Gives up jobs that failed, and takes back what was given up when it is done after all: each in one step.</summary>
internal sealed class JobLetters(StockSteps steps, SyncMetrics metrics, TimeProvider time)
{
    private const string DoneAfterAll = "A later run of the job succeeded.";

    /// <summary>Writes the letter of a job, and ends the operation that was to be tried again.</summary>
    /// <param name="retry">The job.</param>
    /// <param name="attempts">How often it was tried in vain since it was given up last, or ever.</param>
    /// <param name="failure">Why it failed the last time.</param>
    /// <param name="error">What that means, for people: without secrets and without buyers.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>A task that ends when it is written.</returns>
    /// <exception cref="AccountUnknownException">There is no such account any more.</exception>
    public async Task GiveUpAsync(JobRetry retry, int attempts, Exception failure, string error, CancellationToken cancellationToken)
    {
        var letter = new DeadLetterEntry
        {
            Key = JobDeadLetters.KeyOf(retry.Kind),
            Kind = StoredWords.Of(retry.Kind),
            Attempts = attempts,
            ErrorCode = RunFaults.CodeOf(failure),
            Error = error,
            Payload = PayloadOf(retry, failure),
        };
        await steps.RunAsync(
            retry.AccountId,
            new StockScope(),
            step => step.Writes() with { DeadLetters = [letter], GivenUpJobs = [new GivenUpJob(retry, letter.Error, time.GetUtcNow())] },
            cancellationToken).ConfigureAwait(false);

        // One that failed for good has ended by itself, and was counted then.
        if (retry.OperationId is not null && Transient.Is(failure))
        {
            metrics.CountGivenUp(retry.Kind == WorkKind.Reconcile ? OperationKinds.Reconcile : OperationKinds.FullSync);
        }
    }

    /// <summary>
    /// Settles the letter of a job that was given up and has succeeded. One whose work is an operation is settled only if such a one
    /// did its work, since a job without anything to do succeeds as well.
    /// </summary>
    public Task TakeBackAsync(JobRetry retry, CancellationToken cancellationToken)
    {
        var key = JobDeadLetters.KeyOf(retry.Kind);
        return steps.RunAsync(
            retry.AccountId,
            new StockScope { DeadLetters = [key] },
            step =>
            {
                var isDone = step.FindDeadLetter(key) is { Status: DeadLetterStatus.Open } letter
                    && (retry.Kind is not (WorkKind.Sync or WorkKind.Reconcile) || letter.SupersededBy is not null);
                return step.Writes() with
                {
                    EndedRetries = [retry.Kind],
                    SettledDeadLetters = isDone
                        ? [new DeadLetterSettlement(key, DeadLetterStatus.Replayed, Reason: DoneAfterAll)]
                        : [],
                };
            },
            cancellationToken);
    }

    private static string PayloadOf(JobRetry retry, Exception failure)
    {
        var fault = (failure as CardTraderException) ?? (failure.InnerException as CardTraderException);
        return new JsonObject
        {
            ["job"] = StoredWords.Of(retry.Kind),
            ["operation_id"] = retry.OperationId,
            ["first_failure_at"] = retry.FirstFailedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["upstream_status"] = fault?.StatusCode is { } status ? (int)status : null,
            ["upstream_code"] = fault?.ErrorCode,
            ["request_id"] = fault?.RequestId,
        }.ToJsonString();
    }
}
