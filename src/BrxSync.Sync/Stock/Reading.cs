namespace BrxSync.Sync.Stock;

/// <summary>What CardTrader itself last said about a product.</summary>
/// <param name="Window">When it looked.</param>
/// <param name="Quantity">How many copies it had then; 0 when the product was absent.</param>
internal readonly record struct Reading(SnapshotWindow Window, int Quantity);
