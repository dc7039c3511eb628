using System.Collections.Concurrent;
using BrxSync.Client;
using BrxSync.Sync.Catalog;

namespace BrxSync.Sync.Tests.Catalog;

/// <summary>A shared cache in the process: two look-ups that use one see each other's answers.</summary>
internal sealed class DictionaryCache : ICatalogCache
{
    public ConcurrentDictionary<(string Scope, BlueprintId Id), CatalogCacheEntry> Entries { get; } = [];

    public bool Fails { get; set; }

    public int Reads { get; private set; }

    public int Writes { get; private set; }

    public Task<IReadOnlyList<CatalogMatch?>> GetManyAsync(
        string scope, IReadOnlyList<BlueprintId> blueprintIds, CancellationToken cancellationToken = default)
    {
        Reads++;
        ThrowIfFailing();
        return Task.FromResult<IReadOnlyList<CatalogMatch?>>(
            [.. blueprintIds.Select(id => Entries.TryGetValue((scope, id), out var entry) ? entry.Match : null)]);
    }

    public Task SetManyAsync(string scope, IReadOnlyList<CatalogCacheEntry> entries, CancellationToken cancellationToken = default)
    {
        Writes++;
        ThrowIfFailing();
        foreach (var entry in entries)
        {
            Entries[(scope, entry.BlueprintId)] = entry;
        }

        return Task.CompletedTask;
    }

    private void ThrowIfFailing()
    {
        if (Fails)
        {
            throw new TimeoutException("The cache is gone.");
        }
    }
}
