namespace BrxSync.Simulator.Stock;

/// <summary>One change of one quantity.</summary>
/// <param name="At">When it happened, in the marketplace's clock.</param>
/// <param name="ProductId">The product.</param>
/// <param name="Before">The quantity before; 0 when the product did not exist.</param>
/// <param name="After">The quantity after; 0 when the product is gone.</param>
/// <param name="Cause">Why.</param>
/// <param name="Reference">What did it, such as an order or a call.</param>
public readonly record struct StockMovement(DateTimeOffset At, long ProductId, int Before, int After, StockCause Cause, string Reference);
