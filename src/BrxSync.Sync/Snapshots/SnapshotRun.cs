using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;
using BrxSync.Sync.Time;

namespace BrxSync.Sync.Snapshots;

/// <summary>
/// One run of a full sync inside its session: stream, stage, settle, plan, judge, apply. It knows nothing of locks and of the
/// operation's record.
/// </summary>
internal sealed class SnapshotRun(
    ISnapshotSession session, SyncCounters counters, CatalogFilter catalog, MarketplaceTime time, StockNotifier notifier)
{
    /// <summary>How many of the last snapshots that were not refused the next one is judged by.</summary>
    internal const int HistoryKept = 10;

    /// <summary>
    /// Runs it. A body that is no snapshot comes out as a refused verdict; what the marketplace or the database throws goes through.
    /// </summary>
    public async Task<SnapshotVerdict> ExecuteAsync(SnapshotInstructions run, CancellationToken cancellationToken)
    {
        var account = run.Account;
        counters.Expected = await session.CountLinkedAsync(cancellationToken).ConfigureAwait(false);
        counters.Enter(SyncPhase.Connecting);

        // Before the first byte is asked for: what is known now, the answer has seen.
        var requests = await session.ListRequestsAsync(cancellationToken).ConfigureAwait(false);
        var reader = new SnapshotReader(session, counters, catalog, account.CardTraderUserId, run.Options.BatchSize);
        var export = new ExportRead(run, reader, counters, time);
        var byExpansion = run.Mode == SyncMode.ByExpansion
            ? new ExpansionRead(session.Cursor, reader, export, run, time.Local)
            : null;
        var (window, body) = byExpansion is null
            ? await export.ReadAsync(null, null, cancellationToken).ConfigureAwait(false)
            : await byExpansion.ReadAsync(cancellationToken).ConfigureAwait(false);
        requests = byExpansion is { Resumed: true } ? [] : requests;
        var history = await session.ListBelievableAsync(HistoryKept, cancellationToken).ConfigureAwait(false);
        var word = await session.FindAcceptedAsync(cancellationToken).ConfigureAwait(false);
        var facts = new SnapshotFacts
        {
            Fall = default,
            Body = body,
            ForeignSeller = reader.ForeignSeller,
            BadRows = reader.BadRows,
            AccountCurrency = account.Currency,
            RowsByCurrency = reader.RowsByCurrency,
            History = [.. history.Select(past => new PastSnapshot(past.Outcome, past.CanBeConfirmed, past.Fall, past.NewCurrency))],
        };
        facts = facts with { AcceptedByOperator = Accepted(default) };
        if (body is not null || reader.ForeignSeller is not null)
        {
            var refused = SnapshotGuard.Judge(facts);
            if (!run.DryRun)
            {
                await session.RecordRefusedAsync(Record(refused, default, run.OperationId, window, 0), cancellationToken)
                    .ConfigureAwait(false);
            }

            return refused;
        }

        counters.Enter(SyncPhase.Planning);
        facts = facts with { ConflictingRows = await reader.SettleAsync(cancellationToken).ConfigureAwait(false) };
        await reader.WithholdPricesAsync(SnapshotGuard.Judge(facts).PriceCurrency, cancellationToken).ConfigureAwait(false);
        var plan = await session.PlanAsync(
            run.Reconciles ? SnapshotComparison.Fields : SnapshotComparison.Hash,
            window,
            time.Marketplace.Present.Latest,
            cancellationToken)
            .ConfigureAwait(false);
        await using (plan.ConfigureAwait(false))
        {
            var verdict = SnapshotGuard.Judge(facts with
            {
                Fall = plan.Changes.Fall,
                AcceptedByOperator = Accepted(plan.Changes.Fall),
            });
            Count(plan.Changes, verdict);
            if (!run.DryRun)
            {
                counters.Enter(SyncPhase.Applying);
                await ApplyAsync(run, plan, verdict, window, facts.NewCurrency, requests, cancellationToken).ConfigureAwait(false);
            }

            return verdict;
        }

        // A run that was told to believe what it finds accepts just that.
        AcceptedSnapshot? Accepted(SnapshotFall fall) => run.AcceptFall ? new AcceptedSnapshot(fall, facts.NewCurrency) : word;
    }

    private async Task ApplyAsync(
        SnapshotInstructions run,
        ISnapshotPlan plan,
        SnapshotVerdict verdict,
        SnapshotWindow window,
        string? newCurrency,
        IReadOnlyList<RereadRequest> requests,
        CancellationToken cancellationToken)
    {
        (var stock, requests) = await TouchedProducts.SettleAsync(
            plan, window, verdict, run.OperationId, requests, time.Marketplace.Present, cancellationToken).ConfigureAwait(false);

        // Last before the writes: what a sale or a change on its way explains is no drift.
        var drift = run.Reconciles ? await plan.MeasureDriftAsync(run.DriftSamples, cancellationToken).ConfigureAwait(false) : null;
        var changes = plan.Changes;
        await plan.ApplyAsync(
            new SnapshotApplication
            {
                Record = Record(verdict, changes.Fall, run.OperationId, window, changes.Staged) with { NewCurrency = newCurrency },
                Currency = verdict.PriceCurrency,
                Drift = drift,
                Requests = requests,
                Stock = stock,
            },
            cancellationToken).ConfigureAwait(false);
        if (drift is not null)
        {
            notifier.Tell(drift);
        }

        if (stock is not null)
        {
            notifier.Tell(run.Account.Id, stock);
        }

        // Most of what a snapshot changes is written by the store itself.
        notifier.TellJournal(run.Account.Id);
    }

    private void Count(PlannedChanges plan, SnapshotVerdict verdict)
    {
        counters.Created = plan.Created;
        counters.Updated = plan.Updated;
        counters.Unchanged = plan.Unchanged;
        counters.Removed = verdict.MayRemove ? plan.Missing : 0;
        counters.Skipped += plan.Unpriced + plan.Barred;
        counters.Barred = plan.Barred;
    }

    private SnapshotRecord Record(
        SnapshotVerdict verdict, SnapshotFall fall, string operationId, SnapshotWindow window, long staged) => new()
    {
        OperationId = operationId,
        Window = window,
        Outcome = verdict.Outcome,
        CanBeConfirmed = verdict.CanBeConfirmed,
        Fall = fall,
        Staged = staged,
        Skipped = counters.Skipped,
        Reasons = Describe(verdict),
    };

    /// <summary>Gives every finding as a sentence, and the first rows of each with their places.</summary>
    public IReadOnlyList<string> Describe(SnapshotVerdict verdict) =>
    [
        .. catalog.Describe(counters.Barred)
            .Concat(verdict.Reasons.SelectMany(reason => reason.Samples.Select(row => row.ToString()).Prepend(reason.Text)))
            .Take(100).Select(SafeText.Of),
    ];
}
