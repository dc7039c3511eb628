using BrxSync.Client;

namespace BrxSync.Sync.Catalog;

/// <summary>
/// The answers kept in this process: bounded, each for its time. A full memory gives up what was not used since the clock hand last
/// passed it, which needs no list to reorder on every read.
/// </summary>
internal sealed class CatalogMemory(CatalogCacheOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<BlueprintId, int> _slots = [];
    private readonly List<Entry> _entries = [];
    private int _hand;

    /// <summary>Gets how many answers are held, expired ones included.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>How long an answer may be believed.</summary>
    public TimeSpan TimeToLive(CatalogMatch match) =>
        match.Kind == CatalogMatchKind.Unknown ? options.UnknownTimeToLive : options.TimeToLive;

    /// <summary>Adds what is held to <paramref name="found"/> and gives the ids that are neither held nor found already.</summary>
    public List<BlueprintId> Read(IReadOnlyCollection<BlueprintId> ids, Dictionary<BlueprintId, CatalogMatch> found)
    {
        var misses = new List<BlueprintId>();
        HashSet<BlueprintId>? seen = null;
        var now = time.GetTimestamp();
        lock (_gate)
        {
            foreach (var id in ids)
            {
                if (found.ContainsKey(id))
                {
                    continue;
                }

                if (TryRead(id, now) is { } match)
                {
                    found.Add(id, match);
                }
                else if ((seen ??= []).Add(id))
                {
                    misses.Add(id);
                }
            }
        }

        return misses;
    }

    /// <summary>Keeps answers.</summary>
    public void Write(IEnumerable<KeyValuePair<BlueprintId, CatalogMatch>> matches)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            foreach (var (id, match) in matches)
            {
                var entry = new Entry(id, match, now + Ticks(TimeToLive(match)), Used: false);
                if (_slots.TryGetValue(id, out var slot))
                {
                    _entries[slot] = entry;
                }
                else if (_entries.Count < options.MaxEntries)
                {
                    _slots.Add(id, _entries.Count);
                    _entries.Add(entry);
                }
                else
                {
                    Replace(entry, now);
                }
            }
        }
    }

    private CatalogMatch? TryRead(BlueprintId id, long now)
    {
        if (!_slots.TryGetValue(id, out var slot))
        {
            return null;
        }

        var entry = _entries[slot];
        if (entry.ExpiresAt <= now)
        {
            return null;
        }

        if (!entry.Used)
        {
            _entries[slot] = entry with { Used = true };
        }

        return entry.Match;
    }

    private void Replace(Entry entry, long now)
    {
        while (_entries[_hand] is { Used: true } used && used.ExpiresAt > now)
        {
            _entries[_hand] = used with { Used = false };
            Advance();
        }

        _slots.Remove(_entries[_hand].Id);
        _slots.Add(entry.Id, _hand);
        _entries[_hand] = entry;
        Advance();
    }

    private void Advance() => _hand = _hand + 1 == _entries.Count ? 0 : _hand + 1;

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    private readonly record struct Entry(BlueprintId Id, CatalogMatch Match, long ExpiresAt, bool Used);
}
