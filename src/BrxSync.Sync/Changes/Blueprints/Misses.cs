namespace BrxSync.Sync.Changes.Blueprints;

/// <summary>What could not be learned lately, so that nobody asks for it with every product.</summary>
internal sealed class Misses<TKey>(TimeSpan pause, TimeProvider time)
    where TKey : notnull
{
    private const int Most = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, (long Since, ReadDoubt Doubt)> _all = [];

    public ReadDoubt? Find(TKey key)
    {
        lock (_gate)
        {
            return _all.TryGetValue(key, out var miss) && time.GetElapsedTime(miss.Since) < pause ? miss.Doubt : null;
        }
    }

    public void Add(TKey key, ReadDoubt doubt)
    {
        lock (_gate)
        {
            // To ask once too often does no harm.
            if (_all.Count >= Most)
            {
                _all.Clear();
            }

            _all[key] = (time.GetTimestamp(), doubt);
        }
    }
}
