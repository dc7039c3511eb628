using BrxSync.Client;
using BrxSync.Sync;

namespace BrxSync.Hosting.Tests.Examples;

/// <summary>The example of the page about the journal.</summary>
internal static class JournalExample
{
    public static async Task<int> ReadAsync(
        IStock stock, AccountId account, ProductId product, long seen, CancellationToken stopping)
    {
        // example: read
        // All that happened since the last time, oldest first.
        await foreach (var entry in stock.StreamJournalAsync(account, afterPosition: seen, cancellationToken: stopping))
        {
            seen = entry.Position;
        }

        // The history of a product, a page at a time, newest first.
        var page = await stock.ListJournalAsync(account, product, limit: 50, cancellationToken: stopping);
        var next = await stock.ListJournalAsync(
            account, product, limit: 50, beforePosition: page[^1].Position, cancellationToken: stopping);
        // end
        return page.Count + next.Count;
    }
}
