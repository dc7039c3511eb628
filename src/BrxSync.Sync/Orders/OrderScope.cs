using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Orders;

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
