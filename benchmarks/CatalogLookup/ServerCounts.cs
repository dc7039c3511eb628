namespace BrxSync.Benchmarks.CatalogLookup;

/// <summary>What a server counted while something ran.</summary>
/// <param name="Selects">Queries, its own clients' opening questions included.</param>
/// <param name="Opened">Connections that were opened.</param>
/// <param name="MostConnections">The largest number that was open at a time.</param>
internal sealed record ServerCounts(long Selects, long Opened, long MostConnections);
