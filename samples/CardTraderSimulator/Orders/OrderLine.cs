namespace BrxSync.Simulator.Orders;

/// <summary>What a buyer puts into an order.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Quantity">Units.</param>
public readonly record struct OrderLine(long ProductId, int Quantity);
