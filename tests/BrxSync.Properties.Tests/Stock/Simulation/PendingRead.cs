using BrxSync.Client;
using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Properties.Tests.Stock.Simulation;

/// <summary>A read under way: the marketplace looks at one product after another while life goes on.</summary>
internal sealed class PendingRead(
    Host host, bool isFull, long start, IReadOnlyDictionary<ProductId, DateTimeOffset> known, IEnumerable<long> products)
{
    public bool IsFull => isFull;

    public Host Host => host;

    /// <summary>When it was begun, in true time.</summary>
    public long Start => start;

    /// <summary>The requests for reads that were known when it was begun.</summary>
    public IReadOnlyDictionary<ProductId, DateTimeOffset> Known => known;

    public long End { get; private set; }

    public SnapshotWindow? Window { get; private set; }

    public Queue<long> Unread { get; } = new(products);

    public Dictionary<long, int> Answers { get; } = [];

    public void Look(Market market)
    {
        if (Unread.TryDequeue(out var product))
        {
            Answers[product] = market.Product(product).Quantity;
        }
    }

    public void Finish(Market market, SnapshotWindow window)
    {
        while (Unread.Count > 0)
        {
            Look(market);
        }

        End = market.True;
        Window = window;
    }
}
