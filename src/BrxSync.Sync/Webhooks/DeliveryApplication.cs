using BrxSync.Sync.Orders;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Webhooks;

/// <summary>Applies deliveries to an account's stock: inbox, ledger, items and journal in one transaction.</summary>
internal sealed class DeliveryApplication(StockSteps steps)
{
    /// <summary>Applies deliveries of one account, in their order.</summary>
    public async Task ApplyAsync(AccountId accountId, IReadOnlyList<PendingDelivery> deliveries, CancellationToken cancellationToken)
    {
        DeliveryOutcome[] outcomes = [];
        var reports = deliveries.Where(delivery => delivery.Verdict == DeliveryVerdict.Apply).Select(delivery => delivery.Report!);
        var scope = OrderScope.Of(reports) with { Deliveries = [.. deliveries.Select(delivery => delivery.Row.Id)] };
        await steps.RunAsync(
            accountId,
            scope,
            step =>
            {
                var seen = new HashSet<string>(step.AppliedDeliveries, StringComparer.Ordinal);
                outcomes =
                [
                    .. deliveries.Select(delivery => seen.Add(delivery.Row.Id) ? Apply(step, delivery) : DeliveryOutcome.Duplicate),
                ];
                var rows = deliveries.Zip(outcomes).Where(pair => pair.Second != DeliveryOutcome.Duplicate).ToLookup(
                    pair => pair.First.WasKept, pair => pair.First.ToRow(pair.Second));
                return step.Writes() with { NewDeliveries = [.. rows[false]], KeptDeliveries = [.. rows[true]] };
            },
            cancellationToken).ConfigureAwait(false);
        foreach (var (delivery, outcome) in deliveries.Zip(outcomes))
        {
            delivery.Complete(outcome);
        }
    }

    private static DeliveryOutcome Apply(StockStep step, PendingDelivery delivery)
    {
        var outcome = DeliveryOutcome.NothingToDo;
        step.Apply(
            books =>
            {
                (books, outcome) = delivery.ApplyTo(books, step.Now);
                return books;
            },
            delivery.Row.Id);
        return outcome;
    }
}
