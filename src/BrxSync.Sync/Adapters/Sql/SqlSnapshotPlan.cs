using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>The order in which a planned snapshot is written, the same for every database; each step is the dialect's own.</summary>
internal abstract class SqlSnapshotPlan(PlannedChanges changes) : ISnapshotPlan
{
    public PlannedChanges Changes => changes;

    public abstract Task<IReadOnlyDictionary<ProductId, int?>> ListTouchedAsync(
        SnapshotWindow window, CancellationToken cancellationToken = default);

    public abstract Task<IStockSession> OpenStockAsync(CancellationToken cancellationToken = default);

    public abstract Task SetAsideAsync(IReadOnlyList<SetAsideProduct> products, CancellationToken cancellationToken = default);

    public abstract Task<SnapshotDrift> MeasureDriftAsync(int samples, CancellationToken cancellationToken = default);

    /// <summary>
    /// First the mass of the rows, each change journalled before it is made; then what the account knows of its reads, so that the step
    /// on the stock, which asks for new ones, comes after the requests that this snapshot meets; the record last, since its presence
    /// says that all of it was written.
    /// </summary>
    public virtual async Task ApplyAsync(SnapshotApplication application, CancellationToken cancellationToken = default)
    {
        await UpdateRowsAsync(application, cancellationToken).ConfigureAwait(false);
        if (application.Record.Outcome == SnapshotOutcome.Applied)
        {
            await MarkMissingAsync(application, cancellationToken).ConfigureAwait(false);
        }

        await InsertRowsAsync(application, cancellationToken).ConfigureAwait(false);
        await AdvanceAccountAsync(application, cancellationToken).ConfigureAwait(false);
        if (application.Requests.Count > 0)
        {
            await MeetRequestsAsync(application, cancellationToken).ConfigureAwait(false);
        }

        if (application.Stock is { } stock)
        {
            var step = await OpenStockAsync(cancellationToken).ConfigureAwait(false);
            await step.SaveAsync(stock, cancellationToken).ConfigureAwait(false);
        }

        if (application.Currency is { } currency)
        {
            await AdoptCurrencyAsync(currency, cancellationToken).ConfigureAwait(false);
        }

        await RecordAsync(application.Record, cancellationToken).ConfigureAwait(false);
        await DropCursorAsync(cancellationToken).ConfigureAwait(false);
        if (application.Drift is { } drift)
        {
            await RecordDriftAsync(application.Record, drift, cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();

        // A commit that was begun is waited for: cancelled half way nobody would know its outcome.
        await CommitAsync().ConfigureAwait(false);
    }

    public abstract ValueTask DisposeAsync();

    protected abstract Task UpdateRowsAsync(SnapshotApplication application, CancellationToken cancellationToken);

    protected abstract Task MarkMissingAsync(SnapshotApplication application, CancellationToken cancellationToken);

    protected abstract Task InsertRowsAsync(SnapshotApplication application, CancellationToken cancellationToken);

    /// <summary>Notes until when the account was read.</summary>
    protected abstract Task AdvanceAccountAsync(SnapshotApplication application, CancellationToken cancellationToken);

    /// <summary>Lets the snapshot meet what was asked for before it was begun.</summary>
    protected abstract Task MeetRequestsAsync(SnapshotApplication application, CancellationToken cancellationToken);

    protected abstract Task AdoptCurrencyAsync(string currency, CancellationToken cancellationToken);

    protected abstract Task RecordAsync(SnapshotRecord record, CancellationToken cancellationToken);

    protected abstract Task DropCursorAsync(CancellationToken cancellationToken);

    protected abstract Task RecordDriftAsync(SnapshotRecord record, SnapshotDrift drift, CancellationToken cancellationToken);

    protected abstract Task CommitAsync();
}
