namespace BrxSync.Simulator.Buying;

/// <summary>The cart of one account: units by product, seller and way of buying.</summary>
internal sealed class Cart(long id, DateTimeOffset createdAt)
{
    private readonly OrderedDictionary<(SimulatedSeller Seller, bool ViaZero, long ProductId), int> items = [];

    public long Id { get; } = id;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; private set; } = createdAt;

    public IEnumerable<KeyValuePair<(SimulatedSeller Seller, bool ViaZero, long ProductId), int>> Items => items;

    public int QuantityOf(SimulatedSeller seller, bool viaZero, long productId) => items.GetValueOrDefault((seller, viaZero, productId));

    public void Set(SimulatedSeller seller, bool viaZero, long productId, int quantity, DateTimeOffset now)
    {
        UpdatedAt = now;
        if (quantity > 0)
        {
            items[(seller, viaZero, productId)] = quantity;
        }
        else
        {
            items.Remove((seller, viaZero, productId));
        }
    }

    /// <summary>Removes a product whichever way it is to be bought. Returns whether it was there in that quantity.</summary>
    public bool Take(long productId, int quantity, DateTimeOffset now)
    {
        foreach (var (key, held) in items.Where(item => item.Key.ProductId == productId).ToList())
        {
            Set(key.Seller, key.ViaZero, productId, held - quantity, now);
            return true;
        }

        return false;
    }

    /// <summary>Lets what sold out vanish, as the real cart does, without a word.</summary>
    public void DropSoldOut()
    {
        foreach (var (key, held) in items.ToList())
        {
            var left = key.Seller.Stock.Find(key.ProductId)?.Quantity ?? 0;
            if (left == 0)
            {
                items.Remove(key);
            }
            else if (left < held)
            {
                items[key] = left;
            }
        }
    }

    public void Clear(DateTimeOffset now)
    {
        items.Clear();
        UpdatedAt = now;
    }
}
