namespace BrxSync.Sync.Stock.Items;

/// <summary>What a delivery does to one item.</summary>
/// <param name="Item">The item from now on.</param>
/// <param name="Oversold">By how many copies the stock would have gone below zero; 0 when it did not.</param>
/// <param name="Reread">True when the product must be read again.</param>
internal readonly record struct StockEffect(StockItem Item, int Oversold, bool Reread);
