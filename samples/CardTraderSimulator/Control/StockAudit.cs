using System.Globalization;
using BrxSync.Simulator.Orders;
using BrxSync.Simulator.Stock;

namespace BrxSync.Simulator.Control;

/// <summary>
/// Checks the books: stock = initial - sold + put back on sale + edits. What was sold and put back is taken from the orders, not from the
/// log of the stock, so that each side checks the other.
/// </summary>
internal static class StockAudit
{
    public static IReadOnlyList<string> Check(Marketplace marketplace)
    {
        lock (marketplace.Gate)
        {
            return [.. marketplace.Sellers.SelectMany(seller => Check(seller, marketplace.Orders.Flow.Of(seller).ById))];
        }
    }

    private static IEnumerable<string> Check(SimulatedSeller seller, IEnumerable<SimulatedOrder> orders)
    {
        var expected = new Dictionary<long, long>();
        var last = new Dictionary<long, int>();
        foreach (var movement in seller.Stock.Movements())
        {
            var before = last.TryGetValue(movement.ProductId, out var known) ? known : seller.Stock.InitialQuantity(movement.ProductId);
            if (before != movement.Before || movement.After < 0)
            {
                yield return Text(
                    seller, movement.ProductId, $"the log says {movement.Before} -> {movement.After} where {before} was held");
            }

            last[movement.ProductId] = movement.After;
            Add(
                expected,
                movement.ProductId,
                movement.Cause is StockCause.Sale or StockCause.Relist ? 0 : movement.After - movement.Before);
        }

        foreach (var order in orders.Where(order => !order.AsBuyer))
        {
            foreach (var item in order.Items)
            {
                Add(expected, item.Product.Id, (item.Relisted ? item.Quantity : 0) - (order.RepeatsOtherOrders ? 0 : item.Quantity));
            }
        }

        var held = seller.GetStock().ToDictionary(level => level.ProductId, level => level.Quantity);
        if (held.Count != seller.ProductCount)
        {
            yield return $"{seller.Name}: {held.Count} products are listed, {seller.ProductCount} are counted.";
        }

        foreach (var (product, change) in expected)
        {
            var due = seller.Stock.InitialQuantity(product) + change;
            if (held.GetValueOrDefault(product) != due)
            {
                yield return Text(seller, product, $"{held.GetValueOrDefault(product)} are held, {due} are due");
            }
        }
    }

    private static void Add(Dictionary<long, long> sums, long product, long change) =>
        sums[product] = sums.GetValueOrDefault(product) + change;

    private static string Text(SimulatedSeller seller, long product, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{seller.Name}, product {product}: {what}.");
}
