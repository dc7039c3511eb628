using System.Collections.Immutable;
using BrxSync.Client;

namespace BrxSync.Sync.Stock.Orders;

/// <summary>
/// Copies of a product that an order touches and that cannot be counted: their sale is over, and only CardTrader knows whether they are on
/// sale again; or its state decides nothing. Unless the product was read since, it is read again.
/// </summary>
/// <param name="Product">The product.</param>
/// <param name="Moment">When that was reported; it happened no later.</param>
internal sealed record SaleDoubt(ProductId Product, OrderMoment Moment)
{
    /// <summary>
    /// Copies that are known to have been sold, and of which it was known already that their sale is over, so that they never counted here.
    /// In doubt the smaller stock is the safe one: they are taken off until the read.
    /// </summary>
    public ImmutableArray<SalePart> Sold { get; init; } = [];
}
