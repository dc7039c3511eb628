using BrxSync.Sync.Stock;

namespace BrxSync.Properties.Tests.Stock.Simulation;

/// <summary>A read under way: the marketplace looks at one product after another while life goes on.</summary>
internal sealed class PendingRead(bool isFull, long start, IEnumerable<long> products)
{
    public bool IsFull => isFull;

    public long Start => start;

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

        End = market.Now;
        Window = window;
    }
}
