namespace BrxSync.Sync;

/// <summary>Sums over an account's rows in view.</summary>
/// <param name="Rows">How many rows there are.</param>
/// <param name="InStock">How many of them have a quantity above 0.</param>
/// <param name="Units">The sum of the quantities.</param>
public sealed record InventorySummary(long Rows, long InStock, long Units);
