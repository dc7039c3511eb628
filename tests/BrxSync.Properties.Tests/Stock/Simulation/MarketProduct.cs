namespace BrxSync.Properties.Tests.Stock.Simulation;

/// <summary>A product and its true quantity at every instant.</summary>
internal sealed class MarketProduct(long id, int quantity, long since)
{
    private readonly List<(long At, int Quantity)> _history = [(since, quantity)];
    private readonly List<(long From, long To)> _reads = [];
    private bool _isBlurred;

    public long Id => id;

    public int Quantity => _history[^1].Quantity;

    /// <summary>When it last changed without any order to tell of it.</summary>
    public long LastSilentChange { get; set; }

    /// <summary>
    /// How many copies the seller truly has beside it: less what was sold here and is still on sale there, with what was added here and is
    /// not yet.
    /// </summary>
    public int Shelf { get; set; }

    /// <summary>How many copies are there that were to be put on sale and are forgotten, because the marketplace refused them.</summary>
    public int Forgotten { get; set; }

    /// <summary>True once more copies were sold than there were: nobody can say any more how many are on the shelf.</summary>
    public bool IsOversold { get; set; }

    public void Set(long at, int quantity) => _history.Add((at, quantity));

    /// <summary>True when a read came so close to a change that nobody can tell whether it has seen it.</summary>
    public bool IsBlurred => _isBlurred || _reads.Exists(read => ChangedBetween(read.From, read.To));

    /// <summary>Notes that a change of ours came too close to a read.</summary>
    public void Blur() => _isBlurred = true;

    /// <summary>Notes a read: in this span, nobody can tell whether it has seen a change.</summary>
    public void ReadIn(long from, long to) => _reads.Add((from, to));

    /// <summary>Whether the quantity changed within a span.</summary>
    public bool ChangedBetween(long from, long to) => _history.Skip(1).Any(change => change.At >= from && change.At <= to);

    /// <summary>The most copies there were at any instant of a span.</summary>
    public int MostBetween(long from, long to)
    {
        var most = 0;
        for (var i = 0; i < _history.Count; i++)
        {
            var until = i + 1 < _history.Count ? _history[i + 1].At : long.MaxValue;
            if (_history[i].At <= to && until >= from)
            {
                most = Math.Max(most, _history[i].Quantity);
            }
        }

        return most;
    }
}
