using BrxSync.Client;

namespace BrxSync.Sync.Catalog;

/// <summary>The questions on their way in this process: each id is asked for once at a time, however many syncs need it.</summary>
internal sealed class PendingLookups
{
    private readonly Lock _gate = new();
    private readonly Dictionary<BlueprintId, PendingLookup> _byId = [];

    /// <summary>Gives a lookup for the ids that nobody asks for yet, and those of others that ask for the rest.</summary>
    public (PendingLookup Own, Dictionary<PendingLookup, List<BlueprintId>> Others) Claim(IReadOnlyList<BlueprintId> ids)
    {
        var own = new PendingLookup();
        var others = new Dictionary<PendingLookup, List<BlueprintId>>();
        lock (_gate)
        {
            foreach (var id in ids)
            {
                if (!_byId.TryGetValue(id, out var lookup))
                {
                    _byId.Add(id, own);
                    own.Ids.Add(id);
                }
                else if (others.TryGetValue(lookup, out var joined))
                {
                    joined.Add(id);
                }
                else
                {
                    others.Add(lookup, [id]);
                }
            }
        }

        return (own, others);
    }

    /// <summary>Removes a lookup; its answers must be in memory by now, or whoever comes next asks again.</summary>
    public void Remove(PendingLookup lookup)
    {
        lock (_gate)
        {
            foreach (var id in lookup.Ids)
            {
                _byId.Remove(id);
            }
        }
    }
}
