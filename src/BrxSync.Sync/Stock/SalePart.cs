namespace BrxSync.Sync.Stock;

/// <summary>Copies of one sale that count, sold at one instant.</summary>
internal readonly record struct SalePart(SaleTime At, int Quantity);
