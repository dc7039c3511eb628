using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Snapshots;

/// <summary>
/// Rule R4 for the few products that a planned snapshot cannot simply be written over: those that were sold, changed here or read again
/// since it began. All others are written by the plan, set by set.
/// </summary>
internal static class TouchedProducts
{
    /// <summary>Applies the rules to those products, and takes them out of the plan's hands.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="window">When CardTrader looked.</param>
    /// <param name="verdict">What the guard allows.</param>
    /// <param name="operationId">The run.</param>
    /// <param name="requests">The requests for reads that were known when the snapshot was begun.</param>
    /// <param name="now">The instant of this step, in CardTrader's clock.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    /// <returns>
    /// What is to be written with the plan, null when no product is concerned; and the requests that are left for the plan to meet.
    /// </returns>
    public static async Task<(StockWrites? Stock, IReadOnlyList<RereadRequest> Requests)> SettleAsync(
        ISnapshotPlan plan,
        SnapshotWindow window,
        SnapshotVerdict verdict,
        string operationId,
        IReadOnlyList<RereadRequest> requests,
        Present now,
        CancellationToken cancellationToken)
    {
        var touched = await plan.ListTouchedAsync(window, cancellationToken).ConfigureAwait(false);
        if (touched.Count == 0)
        {
            return (null, requests);
        }

        var stock = await plan.OpenStockAsync(cancellationToken).ConfigureAwait(false);
        var scope = new StockScope { Products = [.. touched.Keys], SalesSince = window.From, BeginsBooks = true };
        var (before, _, _) = await stock.LoadAsync(scope, cancellationToken).ConfigureAwait(false);
        var step = new StockStep(before, now);
        var rows = touched.Where(row => row.Value is not null).ToDictionary(row => row.Key, row => row.Value!.Value);
        step.Apply(
            books => books.ApplySnapshot(window, rows, verdict, requests.OfProducts(), now),
            operationId,
            JournalCauses.Snapshot,
            JournalCauses.Missing);

        await plan.SetAsideAsync(
            [.. touched.Keys.SelectMany(product => SetAside(product, step.Books, before, rows, window, verdict))], cancellationToken)
            .ConfigureAwait(false);
        var writes = step.Writes();
        return (
            writes with { Journal = [.. writes.Journal.SelectMany(line => Journal(line, before))] },
            [.. requests.Where(request => request.Product is not { } product || !touched.ContainsKey(product))]);
    }

    private static IEnumerable<SetAsideProduct> SetAside(
        ProductId product,
        AccountBooks after,
        AccountBooks before,
        Dictionary<ProductId, int> rows,
        SnapshotWindow window,
        SnapshotVerdict verdict)
    {
        var known = before.Items.GetValueOrDefault(product);
        if (!rows.ContainsKey(product))
        {
            // Absent: the rules have said what that means, or the guard that it means nothing.
            return known is null || !verdict.MayRemove ? [] : [new SetAsideProduct(product, known.Quantity, false, ItemFields.None)];
        }

        var item = after.Items.GetValueOrDefault(product);
        return known is null
            ? [new SetAsideProduct(product, item?.Quantity ?? 0, true, ItemFields.None)]
            : [new SetAsideProduct(product, known.Quantity, item?.LastRead?.Window == window, after.KeptFields.GetValueOrDefault(product))];
    }

    /// <summary>The plan journals the rows that it creates; beyond that only an oversell is news.</summary>
    private static IEnumerable<JournalLine> Journal(JournalLine line, AccountBooks before) =>
        (before.Items.ContainsKey(line.Product), line.Oversold) switch
        {
            (true, _) => [line],
            (false, > 0) => [line with { Before = line.After }],
            _ => [],
        };
}
