using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Changes.Editing;

/// <summary>What one edit did to an item is one line of the journal, with the prices that it changed.</summary>
internal sealed class EditJournal
{
    private readonly Dictionary<(string Source, ProductId Product), (int? Before, int? After)> _prices = [];

    /// <summary>Notes a price that an edit sets.</summary>
    public void Price(string source, ProductId product, int? before, int? after) => _prices[(source, product)] = (before, after);

    /// <summary>Gives the lines of a step. Those of one edit and item follow each other.</summary>
    /// <param name="lines">What the rules wrote.</param>
    /// <param name="priceOf">Gives the price of a product whose line changes none; null where it is not known.</param>
    public IReadOnlyList<JournalLine> Lines(IReadOnlyList<JournalLine> lines, Func<ProductId, int?> priceOf)
    {
        var journal = new List<JournalLine>(lines.Count);
        foreach (var line in lines)
        {
            if (journal.Count > 0 && journal[^1] is var last && last.Product == line.Product && last.SourceId == line.SourceId)
            {
                journal[^1] = last with { After = line.After, Fields = last.Fields | line.Fields };
            }
            else
            {
                journal.Add(line);
            }
        }

        for (var i = 0; i < journal.Count; i++)
        {
            var line = journal[i];
            journal[i] = (line.Fields & ItemFields.Price) == ItemFields.None
                ? priceOf(line.Product) is { } price ? line with { PriceBefore = price, PriceAfter = price } : line
                : Priced(line);
        }

        return journal;
    }

    private JournalLine Priced(JournalLine line)
    {
        var (before, after) = _prices.GetValueOrDefault((line.SourceId, line.Product));
        return line with { PriceBefore = before, PriceAfter = after };
    }
}
