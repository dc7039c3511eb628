using BrxSync.Client;

namespace BrxSync.Sync.Catalog;

/// <summary>One answer on its way into a cache.</summary>
/// <param name="BlueprintId">The blueprint.</param>
/// <param name="Match">What the catalogue says about it.</param>
/// <param name="TimeToLive">How long that may be believed.</param>
internal readonly record struct CatalogCacheEntry(BlueprintId BlueprintId, CatalogMatch Match, TimeSpan TimeToLive);
