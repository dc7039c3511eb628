using BrxSync.Client;
using BrxSync.Sync;

namespace SecondShop;

/// <summary>
/// Another shop that sells the same copies. What it offers is what the feed told last, less what it has sold itself and the feed has not
/// told back yet.
/// </summary>
internal sealed class Shop
{
    private readonly Lock gate = new();
    private readonly Dictionary<ProductId, (int Quantity, long Position)> told = [];
    private readonly Dictionary<string, ShopOrder> open = [];
    private readonly HashSet<string> toldSales = [];
    private int orders;

    /// <summary>Takes what the feed tells. An entry that comes again, or late, tells nothing new.</summary>
    public void Take(IEnumerable<JournalEntry> entries)
    {
        lock (gate)
        {
            foreach (var entry in entries)
            {
                if (entry.ProductId is not { } product || told.GetValueOrDefault(product).Position >= entry.Position)
                {
                    continue;
                }

                told[product] = (entry.After, entry.Position);
                if (entry.Cause == JournalCauses.LocalSale)
                {
                    toldSales.Add(entry.SourceId);
                    CloseToldOrders();
                }
            }
        }
    }

    /// <summary>Sells a copy, if the shop has one to offer.</summary>
    public ShopOrder? TrySell(ProductId product)
    {
        lock (gate)
        {
            if (Offered(product) < 1)
            {
                return null;
            }

            var order = new ShopOrder($"shop-order-{++orders}", product);
            open.Add(order.Number, order);
            return order;
        }
    }

    /// <summary>Notes by which change a sale is booked. Until the feed tells of it, the shop counts it itself.</summary>
    public void Booked(ShopOrder order, Guid change)
    {
        lock (gate)
        {
            order.SourceId = $"change {change}";
            CloseToldOrders();
        }
    }

    /// <summary>Takes a sale back: the copy was sold elsewhere a moment before.</summary>
    public void Cancel(ShopOrder order)
    {
        lock (gate)
        {
            open.Remove(order.Number);
        }
    }

    /// <summary>Gives what the shop offers; products that are sold out are left out.</summary>
    public Dictionary<ProductId, int> Offers()
    {
        lock (gate)
        {
            return told.Keys.Select(product => (product, copies: Offered(product))).Where(offer => offer.copies > 0)
                .ToDictionary(offer => offer.product, offer => offer.copies);
        }
    }

    private int Offered(ProductId product) =>
        told.GetValueOrDefault(product).Quantity - open.Values.Count(order => order.Product == product);

    // The feed may tell of a sale before its booking has returned, or after it.
    private void CloseToldOrders()
    {
        foreach (var order in open.Values.Where(order => order.SourceId is { } source && toldSales.Remove(source)).ToList())
        {
            open.Remove(order.Number);
        }
    }
}

/// <summary>A copy that the shop has sold.</summary>
internal sealed record ShopOrder(string Number, ProductId Product)
{
    public string? SourceId { get; set; }
}
