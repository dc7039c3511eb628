using System.Globalization;
using BrxSync.Simulator.Inventory;
using BrxSync.Simulator.Stock;

namespace BrxSync.Simulator.Imports;

/// <summary>Runs CSV imports in the marketplace's time: one per seller and game at once.</summary>
internal sealed class ImportDesk(Marketplace marketplace)
{
    private static readonly TimeSpan StartDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RowDuration = TimeSpan.FromMilliseconds(2);

    private readonly Dictionary<long, CsvImport> imports = [];

    /// <summary>Takes an import, unless one of the same game is under way.</summary>
    public bool TrySubmit(CsvImport import)
    {
        lock (marketplace.Gate)
        {
            if (imports.Values.Any(other => other.Seller == import.Seller && other.GameId == import.GameId && other.EndedAt is null))
            {
                return false;
            }

            imports.Add(import.Id, import);
        }

        marketplace.Scheduler.After(StartDelay, () =>
        {
            import.StartedAt = marketplace.Clock.Now;
            marketplace.Scheduler.After(RowDuration * import.Rows.Count, () => Run(import));
        });
        return true;
    }

    public CsvImport? Find(SimulatedSeller seller, long id)
    {
        lock (marketplace.Gate)
        {
            return imports.TryGetValue(id, out var import) && import.Seller == seller ? import : null;
        }
    }

    public void Clear() => imports.Clear();

    private void Run(CsvImport import)
    {
        lock (marketplace.Gate)
        {
            var kept = new HashSet<long>();
            var reference = string.Create(CultureInfo.InvariantCulture, $"import {import.Id}");
            foreach (var (index, row) in import.Rows.Index())
            {
                var outcome = ImportRow.FindBlueprint(marketplace.Catalog, row, import.GameId) is { } blueprint
                    ? ProductWriter.Create(
                        marketplace,
                        import.Seller,
                        ImportRow.ToBody(row, blueprint, import.Strict),
                        reference,
                        StockCause.Import,
                        import.Replace)
                    : null;
                if (outcome?.Product is not { } product)
                {
                    import.Skipped.Add(import.Lines[index]);
                    continue;
                }

                kept.Add(product.Id);
                import.Imported++;
                import.Created += outcome.Raised ? 0 : 1;
                import.Updated += outcome.Raised ? 1 : 0;
            }

            if (import.Replace)
            {
                RemoveOthers(import, kept, reference);
            }

            import.EndedAt = marketplace.Clock.Now;
        }
    }

    /// <summary>Deletes everything of the game that the file did not hold: what makes this mode dangerous.</summary>
    private static void RemoveOthers(CsvImport import, HashSet<long> kept, string reference)
    {
        var stock = import.Seller.Stock;
        foreach (var level in stock.Levels(null))
        {
            if (!kept.Contains(level.ProductId) && stock.Find(level.ProductId)?.GameId == import.GameId)
            {
                stock.Change(level.ProductId, product => product with { Quantity = 0 }, StockCause.Import, reference);
                import.Deleted++;
            }
        }
    }
}
