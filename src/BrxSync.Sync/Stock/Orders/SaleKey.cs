using BrxSync.Client;

namespace BrxSync.Sync.Stock.Orders;

/// <summary>
/// Names a sale: the order in which the goods were sold first, and the product. The weekly Zero order repeats the goods of its source
/// orders, maybe under new item ids; the source order and the product stay the same, so the same goods are never counted twice.
/// </summary>
internal readonly record struct SaleKey(OrderId Source, ProductId Product);
