namespace BrxSync.Sync.Catalog;

/// <summary>Identifies one local print. Ids overlap between tables, so only both together name it.</summary>
/// <param name="Table">The table, as it is configured.</param>
/// <param name="Id">The id of its row.</param>
public readonly record struct CatalogPrint(string Table, long Id);
