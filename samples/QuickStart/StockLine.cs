namespace QuickStart;

/// <summary>What both sides must agree on for one product.</summary>
internal readonly record struct StockLine(long BlueprintId, int Quantity, long PriceCents);
