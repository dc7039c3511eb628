using BrxSync.Simulator.Catalog;

namespace BrxSync.Simulator.Stock;

/// <summary>What <see cref="SimulatedSeller.ChangeProducts"/> did.</summary>
/// <param name="Changed">Products with another quantity or price.</param>
/// <param name="Added">New products.</param>
/// <param name="Removed">Products taken off sale.</param>
public sealed record StockEdits(IReadOnlyList<long> Changed, IReadOnlyList<long> Added, IReadOnlyList<long> Removed)
{
    internal static StockEdits Apply(
        SimulatedSeller seller, SimulatedCatalog catalog, IReadOnlyList<StockLevel> levels, int changed, int added, int removed, int seed)
    {
        var chosen = Choose(levels.Count, Math.Min(levels.Count, changed + removed), seed);
        var toRemove = chosen.Take(Math.Min(removed, chosen.Count)).Select(place => levels[place].ProductId).ToList();
        var toChange = chosen.Skip(toRemove.Count).Select(place => levels[place].ProductId).ToList();

        // Buyers go on buying: what is no longer for sale is not edited, and not told of.
        var edited = toChange.Index().Where(entry => Change(seller, entry.Item, entry.Index)).Select(entry => entry.Item).ToList();
        var taken = toRemove.Where(productId => seller.TryEdit(productId, product => product with { Quantity = 0 })).ToList();
        return new StockEdits(edited, Add(seller, catalog, added, seed), taken);
    }

    private static bool Change(SimulatedSeller seller, long productId, int turn) =>
        turn % 2 == 0
            ? seller.TryEdit(productId, product => product with
            {
                Quantity = turn % 4 == 0 && product.Quantity > 1 ? product.Quantity - 1 : product.Quantity + 1 + (turn % 3),
            })
            : seller.TryEdit(productId, product => product with { PriceCents = product.PriceCents + 1 + (turn % 7) });

    private static List<long> Add(SimulatedSeller seller, SimulatedCatalog catalog, int count, int seed)
    {
        var added = new List<long>();
        // Blueprints from the end of the catalogue: the last that a generated stock uses.
        for (var turn = 0; added.Count < count && turn < GeneratedCatalog.Stockable; turn++)
        {
            var fromEnd = 1 + turn + (seed * 1_009 % 10_000);
            var place = (GeneratedCatalog.Stockable - fromEnd + GeneratedCatalog.Stockable) % GeneratedCatalog.Stockable;
            var blueprint = catalog.FindBlueprint(GeneratedCatalog.FirstBlueprintId + GeneratedCatalog.FromStockable(place))!;
            if (seller.ProductsOf(blueprint.Id).Count == 0)
            {
                added.Add(seller.AddProduct(blueprint.Id, 1 + (turn % 4), 10 + (turn % 90)).Id);
            }
        }

        return added;
    }

    private static List<int> Choose(int from, int count, int seed)
    {
        var chosen = new List<int>(count);
        var seen = new HashSet<int>();
        for (var turn = 0UL; chosen.Count < count; turn++)
        {
            var place = (int)(GeneratedCatalog.Mix(((ulong)(uint)seed << 32) + turn) % (uint)from);
            // A long run of repeats means nearly everything is chosen: walk on to the next free place.
            while (!seen.Add(place))
            {
                place = (place + 1) % from;
            }

            chosen.Add(place);
        }

        return chosen;
    }
}
