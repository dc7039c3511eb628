using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Operations;
using BrxSync.Sync.Stock;

namespace BrxSync.Sync.Orders;

/// <summary>Applies deliveries to an account's stock: inbox, ledger, items and journal in one transaction.</summary>
internal sealed class DeliveryApplication(IStockStore store, MarketplaceClock clock, StockNews news)
{
    /// <summary>Applies deliveries of one account, in their order.</summary>
    public async Task ApplyAsync(AccountId accountId, IReadOnlyList<PendingDelivery> deliveries, CancellationToken cancellationToken)
    {
        var session = await store.OpenAsync(accountId, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var reports = deliveries.Where(delivery => delivery.Verdict == DeliveryVerdict.Apply).Select(delivery => delivery.Report!);
            var scope = OrderScope.Of(reports) with { Deliveries = [.. deliveries.Select(delivery => delivery.Row.Id)] };
            var step = new StockStep(await session.LoadAsync(scope, cancellationToken).ConfigureAwait(false));
            var now = clock.Present;
            var seen = new HashSet<string>(session.AppliedDeliveries, StringComparer.Ordinal);
            var outcomes = deliveries.Select(delivery => seen.Add(delivery.Row.Id) ? Apply(step, delivery, now) : DeliveryOutcome.Duplicate).ToArray();

            var rows = deliveries.Zip(outcomes).Where(pair => pair.Second != DeliveryOutcome.Duplicate).ToLookup(
                pair => pair.First.WasKept, pair => pair.First.ToRow(pair.Second));
            var writes = step.Writes(now.Now) with { NewDeliveries = [.. rows[false]], KeptDeliveries = [.. rows[true]] };
            await session.SaveAsync(writes, cancellationToken).ConfigureAwait(false);
            foreach (var (delivery, outcome) in deliveries.Zip(outcomes))
            {
                delivery.Complete(outcome);
            }

            news.Tell(accountId, writes);
        }
    }

    private static DeliveryOutcome Apply(StockStep step, PendingDelivery delivery, Present now)
    {
        var outcome = DeliveryOutcome.NothingToDo;
        step.Apply(
            books =>
            {
                (books, outcome) = delivery.ApplyTo(books, now);
                return books;
            },
            delivery.Row.Id);
        return outcome;
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
