using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Steps;

/// <summary>Spreads what counts of each sale over the order items that list it, which is how the ledger keeps it.</summary>
internal static class LedgerLines
{
    /// <summary>Gives the ledger of an order book, by order and item.</summary>
    public static Dictionary<(OrderId Order, OrderItemId Item), LedgerLine> Of(OrderBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        var lines = new Dictionary<(OrderId, OrderItemId), LedgerLine>();
        foreach (var order in book.Orders.Values)
        {
            foreach (var line in order.Lines)
            {
                // Should an order list an item twice, the last one stands, as it would in a table.
                lines[(order.Id, line.Item)] = new LedgerLine(order.Id, line, 0);
            }
        }

        if (book.Ledger.IsEmpty)
        {
            return lines;
        }

        // The source order first: it is closer to the sale. What it does not list is on the weekly order.
        var bySale = lines.Values.GroupBy(line => line.Line.Sale).ToDictionary(
            group => group.Key,
            group => group
                .OrderBy(line => line.Order != line.Line.Sale.Source)
                .ThenBy(line => line.Line.IsDeleted)
                .ThenBy(line => line.Line.Item.Value)
                .ToList());
        foreach (var (sale, parts) in book.Ledger)
        {
            foreach (var part in parts)
            {
                Spread(lines, bySale[sale], part);
            }
        }

        return lines;
    }

    private static void Spread(Dictionary<(OrderId, OrderItemId), LedgerLine> lines, List<LedgerLine> candidates, SalePart part)
    {
        var left = part.Quantity;
        foreach (var candidate in candidates.Where(line => line.Line.At == part.At).Concat(candidates))
        {
            var key = (candidate.Order, candidate.Line.Item);
            var counted = Math.Min(left, candidate.Line.Quantity - lines[key].Counted);
            lines[key] = lines[key] with { Counted = lines[key].Counted + counted };
            left -= counted;
        }
    }
}
