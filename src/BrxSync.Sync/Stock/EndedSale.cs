using BrxSync.Client;

namespace BrxSync.Sync.Stock;

/// <summary>
/// Copies that are known to have been sold and no longer to be sold, whether or not they ever counted here. Only CardTrader knows
/// whether they are on sale again.
/// </summary>
/// <param name="Product">The product.</param>
/// <param name="Moment">When that was reported; it happened no later.</param>
internal readonly record struct EndedSale(ProductId Product, OrderMoment Moment);
