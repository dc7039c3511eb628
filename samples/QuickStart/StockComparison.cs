using System.Globalization;
using BrxSync.Sync;

namespace QuickStart;

/// <summary>How the local stock compares with the marketplace's.</summary>
internal sealed record StockComparison(long Products, long Units, long Faults, IReadOnlyList<string> Differences)
{
    private const int Shown = 10;

    public bool Equal => Faults == 0;

    /// <summary>Compares product by product: blueprint, quantity and price. A local row with quantity 0 is not for sale.</summary>
    public static async Task<StockComparison> OfAsync(
        IAsyncEnumerable<InventoryItem> ours, Dictionary<string, StockLine> theirs, CancellationToken cancellationToken)
    {
        var differences = new List<string>();
        var (products, units, faults) = (0L, 0L, 0L);
        await foreach (var item in ours.WithCancellation(cancellationToken))
        {
            if (item.Quantity == 0 || item.ProductId?.ToString() is not { } id)
            {
                continue;
            }

            products++;
            units += item.Quantity;
            var line = new StockLine(item.BlueprintId.Value, item.Quantity, item.Price?.Cents ?? 0);
            if (!theirs.Remove(id, out var expected))
            {
                Note($"product {id} is here but not on the marketplace");
            }
            else if (expected != line)
            {
                Note($"product {id}: {line} here, {expected} on the marketplace");
            }
        }

        foreach (var id in theirs.Keys)
        {
            Note($"product {id} is on the marketplace but not here");
        }

        return new StockComparison(products, units, faults, differences);

        void Note(string difference)
        {
            faults++;
            if (differences.Count < Shown)
            {
                differences.Add(difference);
            }
        }
    }

    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"Local stock: {Products:N0} products, {Units:N0} units: {(Equal ? "equal to" : $"{Faults:N0} differences from")} "
        + $"the marketplace's.");
}
