using BrxSync.Simulator.Catalog;

namespace BrxSync.Simulator.Stock;

/// <summary>
/// A stock of generated products: only quantity and price are stored, eight bytes a product; all else is calculated from the position.
/// A product changed in another way leaves here and is kept as an object (<see cref="Detached"/>).
/// </summary>
internal sealed class GeneratedStock
{
    /// <summary>The quantity of a position whose product is kept elsewhere from now on.</summary>
    private const int Detached = -1;

    private readonly int[] quantities;
    private readonly int[] prices;
    private readonly ulong seed;
    private readonly string currency;

    public GeneratedStock(int count, ulong seed, long firstId, string currency)
    {
        this.seed = seed;
        this.currency = currency;
        FirstId = firstId;
        quantities = new int[count];
        prices = new int[count];
        for (var position = 0; position < count; position++)
        {
            var row = GeneratedRow.At(position, count, seed);
            quantities[position] = row.InitialQuantity();
            prices[position] = row.InitialPriceCents();
        }
    }

    private GeneratedStock(GeneratedStock source)
    {
        seed = source.seed;
        currency = source.currency;
        FirstId = source.FirstId;
        quantities = [.. source.quantities];
        prices = [.. source.prices];
    }

    public int Count => quantities.Length;

    public long FirstId { get; }

    public GeneratedStock Copy() => new(this);

    /// <summary>Says whether the product of a position is still kept here.</summary>
    public bool Holds(int position) => quantities[position] != Detached;

    public int QuantityAt(int position) => quantities[position];

    public int PriceAt(int position) => prices[position];

    public GeneratedRow RowAt(int position) => GeneratedRow.At(position, Count, seed);

    public bool TryPosition(long productId, out int position)
    {
        position = (int)Math.Clamp(productId - FirstId, -1, int.MaxValue);
        return (uint)position < (uint)quantities.Length;
    }

    public void Set(int position, int quantity, int priceCents)
    {
        quantities[position] = quantity;
        prices[position] = priceCents;
    }

    public void Detach(int position) => quantities[position] = Detached;

    /// <summary>Lists the positions of the products of a blueprint, without a search.</summary>
    public IEnumerable<int> PositionsOf(long blueprintId)
    {
        if (!GeneratedCatalog.TryIndexOf(blueprintId, out var index)
            || GeneratedCatalog.ToStockable(index) is var stockable && stockable < 0)
        {
            yield break;
        }

        var distinct = GeneratedRow.DistinctBlueprints(Count);
        if (stockable >= distinct)
        {
            yield break;
        }

        for (var position = stockable; position < Count; position += distinct)
        {
            yield return position;
        }
    }

    /// <summary>Counts the expansions from which the generated products come: they are the first ones.</summary>
    public int ExpansionCount => Count == 0
        ? 0
        : ((Math.Min(Count, GeneratedRow.DistinctBlueprints(Count)) - 1) / GeneratedCatalog.StockablePerExpansion) + 1;

    /// <summary>Makes the object of a position.</summary>
    public StockProduct ProductAt(int position)
    {
        var row = RowAt(position);
        var blueprint = GeneratedCatalog.Blueprint(row.Blueprint);
        return new StockProduct
        {
            Id = FirstId + position,
            BlueprintId = blueprint.Id,
            CategoryId = blueprint.CategoryId,
            GameId = blueprint.GameId,
            Name = blueprint.Name,
            Quantity = Math.Max(0, quantities[position]),
            PriceCents = prices[position],
            Currency = currency,
            BundleSize = row.BundleSize,
            Description = row.HasDescription ? GeneratedTexts.Description(row.Hash) : row.NullDescription ? null : "",
            Tag = row.HasTag ? "showcase" : row.NullTag ? null : "",
            UserDataField = row.HasUserData ? GeneratedTexts.Shelf(row.Hash) : null,
            GradedJson = row.GradedForm switch { 0 => "null", 1 => "0", _ => "false" },
            Properties = GeneratedTexts.Properties(row, blueprint),
        };
    }
}
