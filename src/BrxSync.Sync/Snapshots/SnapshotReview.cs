using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Stock.Guard;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Snapshots;

/// <summary>
/// Lets a person see what became of an account's snapshots, and accept a fall in the number of products, or another currency, that was
/// withheld although it is right: the seller took a part of the stock off sale, or moved.
/// </summary>
internal sealed partial class SnapshotReview : ISnapshotReview
{
    private readonly ISnapshotStore _store;
    private readonly IWorkSignal _signal;
    private readonly ILogger<SnapshotReview> _logger;

    public SnapshotReview(ISnapshotStore store, IWorkSignal signal, ILogger<SnapshotReview> logger)
    {
        (_store, _signal, _logger) = (store, signal, logger);
    }

    public async Task<IReadOnlyList<SnapshotSummary>> ListAsync(
        AccountId accountId, int limit, CancellationToken cancellationToken = default)
    {
        var records = await _store.ListRecentAsync(accountId, Math.Clamp(limit, 1, 200), cancellationToken).ConfigureAwait(false);
        var accepted = await _store.FindAcceptedAsync(accountId, cancellationToken).ConfigureAwait(false);
        var latest = records.FirstOrDefault(record => record.Outcome != SnapshotOutcome.Refused);
        return [.. records.Select(record => Summarize(record, ReferenceEquals(record, latest), accepted))];
    }

    public async Task<SnapshotSummary> AcceptAsync(AccountId accountId, string operationId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(operationId);
        var accepted = await _store.TryAcceptAsync(accountId, operationId, cancellationToken).ConfigureAwait(false);
        var records = await _store.ListRecentAsync(accountId, 200, cancellationToken).ConfigureAwait(false);
        var meant = records.FirstOrDefault(record => record.OperationId == operationId);
        if (!accepted || meant is null)
        {
            throw new SnapshotNotAcceptableException(Explain(accountId, operationId, meant, records));
        }

        Log.SnapshotAccepted(_logger, operationId, accountId, meant.Fall.Gone, meant.Fall.Linked, meant.NewCurrency);
        _signal.Raise(accountId, WorkKind.Reconcile);
        return Summarize(meant, true, new AcceptedSnapshot(meant.Fall, meant.NewCurrency));
    }

    private static SnapshotSummary Summarize(SnapshotRecord record, bool isLatest, AcceptedSnapshot? accepted) => new()
    {
        OperationId = record.OperationId,
        Status = record.Outcome switch
        {
            SnapshotOutcome.Applied => OperationStatus.Completed,
            SnapshotOutcome.Withheld => OperationStatus.Withheld,
            _ => OperationStatus.Failed,
        },
        Reasons = record.Reasons,
        CreatedAt = record.CreatedAt,
        WindowFrom = record.Window.From,
        WindowTo = record.Window.To,
        Products = record.Staged,
        Skipped = record.Skipped,
        Expected = record.Fall.Linked,
        Gone = record.Fall.Gone,
        NewCurrency = record.NewCurrency,
        CanBeAccepted = isLatest && record.CanBeConfirmed,
        IsAccepted = isLatest && record.CanBeConfirmed && accepted == new AcceptedSnapshot(record.Fall, record.NewCurrency),
    };

    private static string Explain(AccountId accountId, string operationId, SnapshotRecord? meant, IReadOnlyList<SnapshotRecord> records)
    {
        var latest = records.FirstOrDefault(record => record.Outcome != SnapshotOutcome.Refused);
        return meant switch
        {
            null =>
                $"Operation {operationId} of account {accountId} left no snapshot. List the account's snapshots and choose the latest withheld one.",
            { Outcome: SnapshotOutcome.Applied } => $"The snapshot of operation {operationId} was applied: there is nothing to accept.",
            { Outcome: SnapshotOutcome.Refused } =>
                $"The snapshot of operation {operationId} was refused as a whole: what is no stock list cannot be accepted.",
            { CanBeConfirmed: false } =>
                $"The snapshot of operation {operationId} has faults that cannot be accepted, "
                + $"or is another seller's than the account is linked to now: {string.Join("; ", meant.Reasons)}",
            _ => $"A later snapshot (operation {latest?.OperationId}) came after that of operation {operationId}: look at that one.",
        };
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.SnapshotAccepted, LogLevel.Warning,
            "An operator accepted snapshot {OperationId} of account {AccountId}: {Gone} of {Expected} products are gone, the new currency is {Currency}")]
        public static partial void SnapshotAccepted(
            ILogger logger, string operationId, AccountId accountId, long gone, long expected, string? currency);
    }
}
