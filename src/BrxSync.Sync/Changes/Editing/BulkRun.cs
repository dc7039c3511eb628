using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Runs;
using BrxSync.Sync.Snapshots;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Changes.Editing;

/// <summary>One run of a bulk edit: counts what becomes of the edits, gives signs of life, and records how it ended.</summary>
internal sealed partial class BulkRun : IAsyncDisposable
{
    private readonly AccountId _accountId;
    private readonly IOperationStore _operations;
    private readonly IStoreFaults _faults;
    private readonly ILogger _logger;
    private readonly SyncCounters _counters = new() { OnlyApplies = true };
    private readonly ProgressReporter _reporter;
    private readonly CancellationTokenSource _ended = new();
    private OperationStatus? _status;
    private string? _error;

    public BulkRun(
        AccountId accountId,
        OperationRun run,
        Func<OperationRun, SyncCounters, Action, ProgressReporter> report,
        IOperationStore operations,
        IStoreFaults faults,
        ILogger logger)
    {
        (_accountId, Run, _operations, _faults, _logger) = (accountId, run, operations, faults, logger);
        _counters.Phase = SyncPhase.Applying;
        _reporter = report(run, _counters, _ended.Cancel);
        _reporter.Start();
    }

    /// <summary>Gets the run, which every step makes sure of.</summary>
    public OperationRun Run { get; }

    /// <summary>Gets what ends when somebody has ended the operation.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>
    /// Gets whether changes of the operation were made before: by a run that was interrupted, or one that came to its end.
    /// </summary>
    public required bool MayRepeat { get; init; }

    /// <summary>Gets how many edits there are; 0 when that is not known.</summary>
    public required long Expected
    {
        get => _counters.Expected;
        init => _counters.Expected = value;
    }

    /// <summary>Counts what became of edits.</summary>
    public void Count(IReadOnlyCollection<ItemEditResult> results)
    {
        foreach (var result in results)
        {
            _counters.Skipped += result.Receipt is null ? 1 : 0;
            _counters.Unchanged += result.Receipt is { Changes.Count: 0 } ? 1 : 0;
            _counters.Updated += result.Receipt is { Changes.Count: > 0 } ? 1 : 0;
        }

        _counters.Processed += results.Count;
    }

    /// <summary>Notes that every edit is decided.</summary>
    public void Complete() => _status = OperationStatus.Completed;

    /// <summary>
    /// Notes what ended the run, and gives what its caller gets to know: that somebody has cancelled the operation, or what happened.
    /// </summary>
    public async Task<Exception> FailAsync(Exception exception, bool isCancelled)
    {
        if (isCancelled)
        {
            return exception;
        }

        if (exception is SyncFencedException || Ended.IsCancellationRequested)
        {
            var operation = await _operations.FindAsync(_accountId, Run.OperationId, CancellationToken.None).ConfigureAwait(false);
            if (operation?.Status == OperationStatus.Cancelled)
            {
                _status = OperationStatus.Cancelled;
                return new OperationCanceledException(
                    $"The bulk edit {Run.OperationId} was cancelled; what was made of it stays.", exception);
            }

            // Whoever has the operation now says how it ends.
            _status = OperationStatus.Running;
            return exception as SyncFencedException
                ?? new SyncFencedException($"The bulk edit {Run.OperationId} goes on elsewhere.", exception);
        }

        (_status, _error) = (OperationStatus.Failed, _faults.Describe(exception));
        return exception;
    }

    /// <summary>Records the end. A run that nobody brought to its end was given up by its caller.</summary>
    public async ValueTask DisposeAsync()
    {
        await _reporter.DisposeAsync().ConfigureAwait(false);
        var status = _status ?? OperationStatus.Cancelled;
        var progress = _reporter.Final(status == OperationStatus.Completed);
        try
        {
            if (status != OperationStatus.Running)
            {
                await _operations.CompleteAsync(
                    _accountId,
                    Run.OperationId,
                    status,
                    progress,
                    [],
                    _error ?? (_status is null ? "Cancelled." : null),
                    CancellationToken.None)
                    .ConfigureAwait(false);
                Log.BulkEditEnded(
                    _logger, Run.OperationId, _accountId, status, progress.Updated, progress.Unchanged, progress.Skipped, progress.Elapsed);
            }
        }
        catch (Exception exception)
        {
            Log.BulkEditNotEnded(_logger, Run.OperationId, _accountId, exception);
        }

        _ended.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.BulkEditEnded,
            LogLevel.Information,
            "Bulk edit {OperationId} of account {AccountId} is {Status}: {Applied} applied, {Unchanged} unchanged, {Refused} refused in {Elapsed}")]
        public static partial void BulkEditEnded(
            ILogger logger,
            string operationId,
            AccountId accountId,
            OperationStatus status,
            long applied,
            long unchanged,
            long refused,
            TimeSpan elapsed);

        [LoggerMessage(
            EventIds.BulkEditNotEnded,
            LogLevel.Error,
            "How bulk edit {OperationId} of account {AccountId} ended could not be stored; given again, it goes on after five minutes")]
        public static partial void BulkEditNotEnded(ILogger logger, string operationId, AccountId accountId, Exception exception);
    }
}
