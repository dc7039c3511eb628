using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Stock.Reads;

/// <summary>What a read does to one item.</summary>
/// <param name="Item">The item from now on.</param>
internal readonly record struct ReadOutcome(StockItem Item)
{
    /// <summary>True when the read is older than what the item already holds, and changed nothing.</summary>
    public bool IsOutdated { get; init; }

    /// <summary>True when the product must be read again, because something happened while CardTrader was looking.</summary>
    public bool Reread { get; init; }

    /// <summary>By how many copies the stock would have gone below zero; 0 when it did not.</summary>
    public int Oversold { get; init; }

    /// <summary>The fields that keep our value, because a change of them was not there yet when CardTrader looked.</summary>
    public ItemFields KeptFields { get; init; }
}
