using BrxSync.Client;

namespace BrxSync.Sync.Catalog;

/// <summary>The questions on their way in this process: each id is asked for once at a time, however many syncs need it.</summary>
internal sealed class CatalogFlights
{
    private readonly Lock _gate = new();
    private readonly Dictionary<BlueprintId, CatalogFlight> _byId = [];

    /// <summary>Gives a flight for the ids that nobody asks for yet, and the ids of others' flights.</summary>
    public (CatalogFlight Own, Dictionary<CatalogFlight, List<BlueprintId>> Others) Board(IReadOnlyList<BlueprintId> ids)
    {
        var own = new CatalogFlight();
        var others = new Dictionary<CatalogFlight, List<BlueprintId>>();
        lock (_gate)
        {
            foreach (var id in ids)
            {
                if (!_byId.TryGetValue(id, out var flight))
                {
                    _byId.Add(id, own);
                    own.Ids.Add(id);
                }
                else if (others.TryGetValue(flight, out var joined))
                {
                    joined.Add(id);
                }
                else
                {
                    others.Add(flight, [id]);
                }
            }
        }

        return (own, others);
    }

    /// <summary>Takes a flight off the board; its answers must be in memory by now, or whoever comes next asks again.</summary>
    public void Remove(CatalogFlight flight)
    {
        lock (_gate)
        {
            foreach (var id in flight.Ids)
            {
                _byId.Remove(id);
            }
        }
    }
}
