using System.Diagnostics;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Stock.Guard;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Runs;

/// <summary>
/// Records where an account stands while one of its runs goes on, and how the run ended: in the stores, the log and the metrics.
/// </summary>
internal sealed partial class RunRecorder(
    SyncStores stores, AccountRecord account, long epoch, RunRequest request, SyncMetrics metrics, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan TimeToRecord = TimeSpan.FromSeconds(30);

    /// <summary>Shows the account as being synchronized by a full sync; other runs only mend what a killed one left.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => (request.Kind, account.Status) switch
    {
        (OperationKinds.FullSync, _) =>
            stores.Accounts.SetStatusAsync(account.Id, AccountStatus.InitialSync, account.LastError, null, epoch, cancellationToken),
        (_, AccountStatus.InitialSync) =>
            stores.Accounts.SetStatusAsync(account.Id, Settled, account.LastError, null, epoch, cancellationToken),
        _ => Task.CompletedTask,
    };

    /// <summary>Tells whether the run's snapshot is in the store although the answer to its commit was lost.</summary>
    public async Task<bool> WasCommittedAsync(Operation operation)
    {
        using var limit = new CancellationTokenSource(TimeToRecord, time);
        try
        {
            var recent = await stores.Snapshots.ListRecentAsync(account.Id, 1, limit.Token).ConfigureAwait(false);
            return recent.Any(record => record.OperationId == operation.Id && record.Outcome == SnapshotOutcome.Applied);
        }
        catch (Exception exception)
        {
            Log.OutcomeNotStored(logger, operation.Id, exception);
            return false;
        }
    }

    /// <summary>Tells whether somebody else cancelled the operation.</summary>
    public async Task<bool> WasCancelledAsync(Operation operation)
    {
        using var limit = new CancellationTokenSource(TimeToRecord, time);
        try
        {
            var stored = await stores.Operations.FindAsync(account.Id, operation.Id, limit.Token).ConfigureAwait(false);
            return stored?.Status == OperationStatus.Cancelled;
        }
        catch (Exception exception)
        {
            Log.OutcomeNotStored(logger, operation.Id, exception);
            return false;
        }
    }

    /// <summary>
    /// Records the end; no token of the run is used, since it must be stored even when the run was cancelled. What cannot be stored
    /// is closed by the account's next run, from the record that the snapshot itself left.
    /// </summary>
    public async Task EndAsync(Operation operation, SyncResult result, Activity? activity)
    {
        LogResult(result);
        metrics.Count(operation.Kind, result);
        activity?.SetTag("outcome", StoredWords.Of(result.Status));
        activity?.SetStatus(result.Succeeded ? ActivityStatusCode.Ok : ActivityStatusCode.Error);

        using var limit = new CancellationTokenSource(TimeToRecord, time);
        try
        {
            var isOurs = await stores.Operations.CompleteAsync(
                account.Id, result.OperationId, result.Status, result.Progress, result.Reasons, result.Error, limit.Token)
                .ConfigureAwait(false);

            // An operation that somebody else closed belongs to a run that was cancelled or taken over: it has no say about its account.
            if (isOurs && !request.DryRun)
            {
                var (status, error, at) = result.Status switch
                {
                    OperationStatus.Completed => (AccountStatus.Active, null, time.GetUtcNow()),
                    OperationStatus.Cancelled =>
                        (account.Status == AccountStatus.InitialSync ? Settled : account.Status, account.LastError, (DateTimeOffset?)null),
                    _ => (AccountStatus.Error, result.Error, null),
                };
                await stores.Accounts.SetStatusAsync(account.Id, status, error, at, epoch, limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            Log.OutcomeNotStored(logger, result.OperationId, exception);
        }
    }

    /// <summary>Where an account stands that no run is working on.</summary>
    private AccountStatus Settled => account.LastSyncAt is null ? AccountStatus.Idle : AccountStatus.Active;

    private void LogResult(SyncResult result)
    {
        var progress = result.Progress;
        switch (result.Status)
        {
            case OperationStatus.Completed:
                Log.SyncCompleted(
                    logger,
                    result.OperationId,
                    account.Id,
                    progress.Created,
                    progress.Updated,
                    progress.Unchanged,
                    progress.Removed,
                    progress.Elapsed);
                break;
            case OperationStatus.Withheld:
                Log.SyncWithheld(logger, result.OperationId, account.Id, result.Error ?? string.Empty);
                break;
            case OperationStatus.Cancelled:
                Log.SyncCancelled(logger, result.OperationId, account.Id);
                break;
            default:
                Log.SyncFailed(logger, result.OperationId, account.Id, result.Error ?? string.Empty);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.SyncCompleted, LogLevel.Information,
            "Sync {OperationId} of account {AccountId} completed: {Created} created, {Updated} updated, {Unchanged} unchanged, {Removed} removed in {Elapsed}")]
        public static partial void SyncCompleted(
            ILogger logger,
            string operationId,
            AccountId accountId,
            long created,
            long updated,
            long unchanged,
            long removed,
            TimeSpan elapsed);

        [LoggerMessage(EventIds.SyncWithheld, LogLevel.Warning, "Sync {OperationId} of account {AccountId} removed nothing: {Reason}")]
        public static partial void SyncWithheld(ILogger logger, string operationId, AccountId accountId, string reason);

        [LoggerMessage(EventIds.SyncFailed, LogLevel.Error, "Sync {OperationId} of account {AccountId} failed: {Reason}")]
        public static partial void SyncFailed(ILogger logger, string operationId, AccountId accountId, string reason);

        [LoggerMessage(
            EventIds.SyncCancelled, LogLevel.Information, "Sync {OperationId} of account {AccountId} was cancelled; nothing was applied")]
        public static partial void SyncCancelled(ILogger logger, string operationId, AccountId accountId);

        [LoggerMessage(
            EventIds.OutcomeNotStored,
            LogLevel.Error,
            "The outcome of operation {OperationId} could not be stored or read; the next run closes it")]
        public static partial void OutcomeNotStored(ILogger logger, string operationId, Exception exception);
    }
}
