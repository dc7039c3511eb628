using BrxSync.Client;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Catalog;

/// <summary>
/// The catalogue as the sync sees it: memory, then the shared cache, then the database, each asked once per batch at most.
/// </summary>
internal sealed partial class CatalogLookup(
    ICatalogSource source,
    IOptions<CatalogCacheOptions> options,
    CatalogMetrics metrics,
    TimeProvider time,
    ILogger<CatalogLookup> logger,
    ICatalogCache? cache = null) : ICatalog
{
    private readonly CatalogMemory _memory = new(options.Value, time);
    private readonly PendingLookups _pending = new();
    private volatile bool _cacheFails;

    public async Task<IReadOnlyDictionary<BlueprintId, CatalogMatch>> LookupAsync(
        IReadOnlyCollection<BlueprintId> blueprintIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(blueprintIds);
        var found = new Dictionary<BlueprintId, CatalogMatch>(blueprintIds.Count);
        var open = _memory.Read(blueprintIds, found);
        metrics.CountLookups("memory", found.Count);
        while (open.Count > 0)
        {
            var (own, others) = _pending.Claim(open);
            await AskAsync(own, found, cancellationToken).ConfigureAwait(false);
            open = await JoinAsync(others, found, cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    public Task CheckAsync(CancellationToken cancellationToken = default) => source.CheckAsync(cancellationToken);

    /// <summary>Answers the ids that are ours to ask for. Others wait for them, so they are let go whatever happens.</summary>
    private async Task AskAsync(PendingLookup own, Dictionary<BlueprintId, CatalogMatch> found, CancellationToken cancellationToken)
    {
        if (own.Ids.Count == 0)
        {
            return;
        }

        IReadOnlyDictionary<BlueprintId, CatalogMatch>? answers = null;
        CatalogUnavailableException? fault = null;
        try
        {
            var fetched = new Dictionary<BlueprintId, CatalogMatch>(own.Ids.Count);

            // Once more: a lookup that has just been answered left its answers there before it was removed.
            var missing = _memory.Read(own.Ids, fetched);
            metrics.CountLookups("memory", fetched.Count);
            if (missing.Count > 0)
            {
                await FetchAsync(missing, fetched, cancellationToken).ConfigureAwait(false);
            }

            answers = fetched;
        }
        catch (CatalogUnavailableException exception)
        {
            fault = exception;
            throw;
        }
        finally
        {
            _pending.Remove(own);
            if (fault is not null)
            {
                own.Fail(fault);
            }
            else
            {
                own.Answer(answers);
            }
        }

        Add(own.Ids, answers, found);
    }

    /// <summary>Waits for what others are asking for; gives back the ids of those who gave up.</summary>
    private async Task<List<BlueprintId>> JoinAsync(
        Dictionary<PendingLookup, List<BlueprintId>> others,
        Dictionary<BlueprintId, CatalogMatch> found,
        CancellationToken cancellationToken)
    {
        var open = new List<BlueprintId>();
        foreach (var (lookup, ids) in others)
        {
            if (await lookup.Answers.WaitAsync(cancellationToken).ConfigureAwait(false) is { } answers)
            {
                metrics.CountLookups("joined", ids.Count);
                Add(ids, answers, found);
            }
            else
            {
                open.AddRange(ids);
            }
        }

        return open;
    }

    private async Task FetchAsync(List<BlueprintId> ids, Dictionary<BlueprintId, CatalogMatch> fetched, CancellationToken cancellationToken)
    {
        var fresh = new List<CatalogCacheEntry>(ids.Count);
        var missing = cache is null ? ids : await ReadCacheAsync(cache, ids, fresh, cancellationToken).ConfigureAwait(false);
        metrics.CountLookups("cache", fresh.Count);
        var cached = fresh.Count;
        if (missing.Count > 0)
        {
            var answers = await source.FindAsync(missing, cancellationToken).ConfigureAwait(false);
            metrics.CountLookups("database", missing.Count);
            foreach (var id in missing)
            {
                fresh.Add(Entry(id, answers.GetValueOrDefault(id, CatalogMatch.Unknown)));
            }
        }

        foreach (var entry in fresh)
        {
            fetched[entry.BlueprintId] = entry.Match;
        }

        _memory.Write(fresh.Select(entry => KeyValuePair.Create(entry.BlueprintId, entry.Match)));
        if (cache is not null && fresh.Count > cached)
        {
            await WriteCacheAsync(cache, fresh[cached..], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<List<BlueprintId>> ReadCacheAsync(
        ICatalogCache shared, List<BlueprintId> ids, List<CatalogCacheEntry> fresh, CancellationToken cancellationToken)
    {
        try
        {
            var matches = await shared.GetManyAsync(source.Scope, ids, cancellationToken).ConfigureAwait(false);
            var missing = new List<BlueprintId>();
            for (var i = 0; i < ids.Count; i++)
            {
                if (matches[i] is { } match)
                {
                    fresh.Add(Entry(ids[i], match));
                }
                else
                {
                    missing.Add(ids[i]);
                }
            }

            CacheWorks();
            return missing;
        }
        catch (Exception exception) when (!IsCancellation(exception, cancellationToken))
        {
            CacheFails(exception);
            fresh.Clear();
            return ids;
        }
    }

    private async Task WriteCacheAsync(ICatalogCache shared, IReadOnlyList<CatalogCacheEntry> entries, CancellationToken cancellationToken)
    {
        try
        {
            await shared.SetManyAsync(source.Scope, entries, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!IsCancellation(exception, cancellationToken))
        {
            CacheFails(exception);
        }
    }

    private CatalogCacheEntry Entry(BlueprintId id, CatalogMatch match) => new(id, match, _memory.TimeToLive(match));

    private static bool IsCancellation(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && cancellationToken.IsCancellationRequested;

    private static void Add(
        List<BlueprintId> ids, IReadOnlyDictionary<BlueprintId, CatalogMatch> answers, Dictionary<BlueprintId, CatalogMatch> found)
    {
        foreach (var id in ids)
        {
            found[id] = answers[id];
        }
    }

    // Said once for an outage, not once for each batch of it.
    private void CacheFails(Exception exception)
    {
        if (!_cacheFails)
        {
            _cacheFails = true;
            Log.CacheFailed(logger, exception);
        }
    }

    private void CacheWorks()
    {
        if (_cacheFails)
        {
            _cacheFails = false;
            Log.CacheRecovered(logger);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.CatalogCacheFailed,
            LogLevel.Warning,
            "The shared cache of the catalogue does not work; the database is asked instead")]
        public static partial void CacheFailed(ILogger logger, Exception exception);

        [LoggerMessage(EventIds.CatalogCacheRecovered, LogLevel.Information, "The shared cache of the catalogue works again")]
        public static partial void CacheRecovered(ILogger logger);
    }
}
