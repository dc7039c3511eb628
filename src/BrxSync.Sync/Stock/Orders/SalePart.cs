namespace BrxSync.Sync.Stock.Orders;

/// <summary>Copies of one sale that count, sold at one instant.</summary>
internal readonly record struct SalePart(SaleTime At, int Quantity);
