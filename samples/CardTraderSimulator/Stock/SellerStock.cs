namespace BrxSync.Simulator.Stock;

/// <summary>
/// The true stock of one seller: generated products kept as numbers, all others as objects, and the log of every change of a quantity.
/// Each operation is atomic; no look-up searches.
/// </summary>
internal sealed class SellerStock
{
    private readonly Lock gate = new();
    private readonly GeneratedStock generated;
    private readonly List<StockSlot> slots = [];
    private readonly Dictionary<long, int> slotById = [];
    private readonly Dictionary<long, List<int>> slotsByBlueprint = [];
    private readonly Dictionary<long, int> loaded = [];
    private readonly List<StockMovement> movements = [];
    private readonly Func<DateTimeOffset> now;

    public SellerStock(GeneratedStock generated, IEnumerable<StockSlot> rows, Func<DateTimeOffset> now)
    {
        this.generated = generated;
        this.now = now;
        LiveCount = generated.Count;
        foreach (var row in rows)
        {
            if (row.Product is { } product)
            {
                Append(product);
                loaded[product.Id] = product.Quantity;
                LiveCount++;
            }
            else
            {
                slots.Add(row);
            }
        }
    }

    /// <summary>Gets how many products are for sale.</summary>
    public int LiveCount { get; private set; }

    public StockProduct? Find(long id)
    {
        lock (gate)
        {
            return FindAny(id) is { Quantity: > 0 } product ? product : null;
        }
    }

    /// <summary>Finds a product even when it is sold out or deleted.</summary>
    public StockProduct? FindEvenGone(long id)
    {
        lock (gate)
        {
            return FindAny(id);
        }
    }

    public IReadOnlyList<StockProduct> OfBlueprint(long blueprintId)
    {
        lock (gate)
        {
            return ListBlueprint(blueprintId);
        }
    }

    /// <summary>
    /// Adds a product, or raises an equal one: <paramref name="raised"/> says which. With <paramref name="replace"/> an equal one gets the
    /// given quantity instead of more of it.
    /// </summary>
    public StockProduct AddOrRaise(StockProduct product, StockCause cause, string reference, out bool raised, bool replace = false)
    {
        lock (gate)
        {
            var equal = ListBlueprint(product.BlueprintId).FirstOrDefault(product.IsEqualProduct);
            raised = equal is not null;
            var result = equal is null
                ? product
                : product with
                {
                    Id = equal.Id,
                    Quantity = product.Quantity + (replace ? 0 : equal.Quantity),
                    GradedJson = equal.GradedJson,
                    ImageUrl = equal.ImageUrl,
                };
            Put(result, cause, reference);
            return result;
        }
    }

    /// <summary>Changes a product that is for sale; null when there is none. A result of 0 or less removes it.</summary>
    public StockProduct? Change(long id, Func<StockProduct, StockProduct> change, StockCause cause, string reference)
    {
        lock (gate)
        {
            if (FindAny(id) is not { Quantity: > 0 } product)
            {
                return null;
            }

            var changed = change(product);
            Put(changed with { Quantity = Math.Max(0, changed.Quantity) }, cause, reference);
            return changed;
        }
    }

    /// <summary>Takes units for an order if that many are there.</summary>
    public StockProduct? TryTake(long id, int quantity, string reference)
    {
        lock (gate)
        {
            if (FindAny(id) is not { } product || product.Quantity < quantity)
            {
                return null;
            }

            Put(product with { Quantity = product.Quantity - quantity }, StockCause.Sale, reference);
            return product;
        }
    }

    /// <summary>Undoes a <see cref="TryTake"/> of an order that did not come about.</summary>
    public void Untake(long id, int quantity, string reference)
    {
        lock (gate)
        {
            Put(FindAny(id)! with { Quantity = FindAny(id)!.Quantity + quantity }, StockCause.Sale, reference + " undone");
        }
    }

    /// <summary>Puts units of a cancelled order back on sale, also when the product had sold out.</summary>
    public void Relist(long id, int quantity, string reference)
    {
        lock (gate)
        {
            if (FindAny(id) is { } product)
            {
                Put(product with { Quantity = product.Quantity + quantity }, StockCause.Relist, reference);
            }
        }
    }

    public IReadOnlyList<StockMovement> Movements()
    {
        lock (gate)
        {
            return [.. movements];
        }
    }

    /// <summary>Gets the quantity a product had before anything happened.</summary>
    public int InitialQuantity(long id)
    {
        lock (gate)
        {
            return generated.TryPosition(id, out var position)
                ? generated.RowAt(position).InitialQuantity()
                : loaded.GetValueOrDefault(id);
        }
    }

    /// <summary>Gets the products for sale now, or at an instant of the past.</summary>
    public IReadOnlyList<StockLevel> Levels(DateTimeOffset? asOf)
    {
        lock (gate)
        {
            var undone = new Dictionary<long, int>();
            for (var i = movements.Count - 1; asOf is { } instant && i >= 0; i--)
            {
                if (movements[i].At > instant)
                {
                    undone[movements[i].ProductId] = movements[i].Before;
                }
            }

            var levels = new List<StockLevel>(LiveCount);
            for (var position = 0; position < generated.Count; position++)
            {
                var id = generated.FirstId + position;
                if (generated.Holds(position)
                    && (undone.TryGetValue(id, out var quantity) ? quantity : generated.QuantityAt(position)) is > 0 and var held)
                {
                    var blueprint = Catalog.GeneratedCatalog.FirstBlueprintId + generated.RowAt(position).Blueprint;
                    levels.Add(new(id, blueprint, held, generated.PriceAt(position)));
                }
            }

            foreach (var slot in slots)
            {
                if (slot.Product is { } product
                    && (undone.TryGetValue(product.Id, out var quantity) ? quantity : product.Quantity) is > 0 and var held)
                {
                    levels.Add(new(product.Id, product.BlueprintId, held, product.PriceCents));
                }
            }

            return levels;
        }
    }

    /// <summary>
    /// Lists the blueprints of the products that are not generated, and the number of expansions the generated ones come from.
    /// </summary>
    public (IReadOnlyList<long> Blueprints, int GeneratedExpansions) Origins()
    {
        lock (gate)
        {
            return ([.. slotsByBlueprint.Where(pair => pair.Value.Any(slot => slots[slot].Product!.Quantity > 0)).Select(pair => pair.Key)],
                generated.ExpansionCount);
        }
    }

    /// <summary>Makes a copy of all rows as of now, for an export that is to be older than what happens during it.</summary>
    public ExportRows Snapshot()
    {
        lock (gate)
        {
            return new ExportRows(generated.Copy(), [.. slots], new Dictionary<long, int>(slotById), new Lock());
        }
    }

    /// <summary>Gives the rows as they are when they are read.</summary>
    public ExportRows Live() => new(generated, slots, slotById, gate);

    private StockProduct? FindAny(long id)
    {
        if (slotById.TryGetValue(id, out var slot))
        {
            return slots[slot].Product;
        }

        return generated.TryPosition(id, out var position) ? generated.ProductAt(position) : null;
    }

    private List<StockProduct> ListBlueprint(long blueprintId)
    {
        var products = new List<StockProduct>();
        foreach (var position in generated.PositionsOf(blueprintId))
        {
            if (generated.QuantityAt(position) > 0)
            {
                products.Add(generated.ProductAt(position));
            }
        }

        if (slotsByBlueprint.TryGetValue(blueprintId, out var places))
        {
            products.AddRange(places.Select(place => slots[place].Product!).Where(product => product.Quantity > 0));
        }

        return products;
    }

    private void Put(StockProduct product, StockCause cause, string reference)
    {
        var before = FindAny(product.Id);
        var quantityBefore = before?.Quantity ?? 0;
        if (slotById.TryGetValue(product.Id, out var slot))
        {
            slots[slot] = StockSlot.Of(RawRow.Carry(before!, product));
        }
        else if (before is not null && generated.TryPosition(product.Id, out var position))
        {
            if (before with { Quantity = product.Quantity, PriceCents = product.PriceCents } == product)
            {
                generated.Set(position, product.Quantity, product.PriceCents);
            }
            else
            {
                generated.Detach(position);
                Append(product);
            }
        }
        else
        {
            Append(product);
        }

        LiveCount += (product.Quantity > 0 ? 1 : 0) - (quantityBefore > 0 ? 1 : 0);
        if (product.Quantity != quantityBefore)
        {
            movements.Add(new(now(), product.Id, quantityBefore, product.Quantity, cause, reference));
        }
    }

    private void Append(StockProduct product)
    {
        slotById[product.Id] = slots.Count;
        if (!slotsByBlueprint.TryGetValue(product.BlueprintId, out var places))
        {
            slotsByBlueprint[product.BlueprintId] = places = [];
        }

        places.Add(slots.Count);
        slots.Add(StockSlot.Of(product));
    }
}
