using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Operations;
using BrxSync.Sync.Stock;

namespace BrxSync.Sync.Orders;

/// <summary>Applies deliveries to an account's stock: inbox, ledger, items and journal in one transaction.</summary>
internal sealed class DeliveryApplication(IStockStore store, MarketplaceClock clock, IWorkSignal signal, StockNews news)
{
    /// <summary>Applies deliveries of one account, in their order.</summary>
    public async Task ApplyAsync(AccountId accountId, IReadOnlyList<PendingDelivery> deliveries, CancellationToken cancellationToken)
    {
        var session = await store.OpenAsync(accountId, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var reports = deliveries.Where(delivery => delivery.Verdict == DeliveryVerdict.Apply).Select(delivery => delivery.Report!);
            var step = new StockStep(await session.LoadAsync(OrderScope.Of(reports), cancellationToken).ConfigureAwait(false));
            var now = clock.Now;
            var rows = new DeliveryRow[deliveries.Count];
            for (var i = 0; i < rows.Length; i++)
            {
                var delivery = deliveries[i];
                var outcome = DeliveryOutcome.NothingToDo;
                step.Apply(
                    books =>
                    {
                        (books, outcome) = delivery.ApplyTo(books, now);
                        return books;
                    },
                    delivery.Row.Id);
                rows[i] = delivery.ToRow(outcome);
            }

            var writes = step.Writes(now) with { Deliveries = Unique(rows) };
            var duplicates = await session.SaveAsync(writes, cancellationToken).ConfigureAwait(false);
            Finish(deliveries, rows, duplicates);
            news.Tell(accountId, writes);
            if (writes.Rereads.Count > 0 || writes.Fetches.Count > 0)
            {
                signal.Raise(accountId, WorkKind.Reread);
            }
        }
    }

    /// <summary>One id may stand twice in a batch: the first delivery is kept, as if the second had come later.</summary>
    private static DeliveryRow[] Unique(DeliveryRow[] rows) =>
        rows.Length == 1 ? rows : [.. rows.DistinctBy(row => row.Id, StringComparer.Ordinal)];

    private static void Finish(IReadOnlyList<PendingDelivery> deliveries, DeliveryRow[] rows, IReadOnlySet<string> duplicates)
    {
        var seen = deliveries.Count == 1 ? null : new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < rows.Length; i++)
        {
            var isDuplicate = duplicates.Contains(rows[i].Id) || seen?.Add(rows[i].Id) == false;
            deliveries[i].Complete(isDuplicate ? DeliveryOutcome.Duplicate : rows[i].Outcome);
        }
    }
}

/// <summary>Says what applying reports about orders concerns.</summary>
internal static class OrderScope
{
    public static StockScope Of(IEnumerable<OrderReport> reports)
    {
        var (orders, products) = (new HashSet<OrderId>(), new HashSet<ProductId>());
        foreach (var report in reports)
        {
            orders.Add(report.Id);
            foreach (var item in report.Items)
            {
                if (item.HubPendingOrder is { } source)
                {
                    orders.Add(source);
                }

                if (item.Product is { } product)
                {
                    products.Add(product);
                }
            }
        }

        return new StockScope { Orders = orders, Products = products };
    }
}
