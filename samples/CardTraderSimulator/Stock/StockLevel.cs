namespace BrxSync.Simulator.Stock;

/// <summary>A product and how many units of it are for sale.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="BlueprintId">Its blueprint.</param>
/// <param name="Quantity">Units for sale, above 0.</param>
/// <param name="PriceCents">Price of one unit in minor units.</param>
public readonly record struct StockLevel(long ProductId, long BlueprintId, int Quantity, int PriceCents);
