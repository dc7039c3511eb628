using BrxSync.Client;
using BrxSync.Sync.Catalog;

namespace BrxSync.Sync.Tests.Catalog;

/// <summary>A catalogue in a dictionary that writes down every query it gets, and can hold queries back or fail.</summary>
internal sealed class RecordingSource : ICatalogSource
{
    private readonly Lock _gate = new();
    private readonly HashSet<BlueprintId> _asked = [];

    public Dictionary<BlueprintId, CatalogMatch> Prints { get; } = [];

    public List<IReadOnlyList<BlueprintId>> Queries { get; } = [];

    /// <summary>An id that was asked for while a query for it was on its way.</summary>
    public BlueprintId? AskedTwiceAtOnce { get; private set; }

    public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

    public string Scope => "recording";

    public async Task<IReadOnlyDictionary<BlueprintId, CatalogMatch>> FindAsync(
        IReadOnlyList<BlueprintId> blueprintIds, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            Queries.Add([.. blueprintIds]);
            foreach (var id in blueprintIds.Where(id => !_asked.Add(id)))
            {
                AskedTwiceAtOnce = id;
            }
        }

        try
        {
            await Before(cancellationToken);
            return blueprintIds.Where(Prints.ContainsKey).ToDictionary(id => id, id => Prints[id]);
        }
        finally
        {
            lock (_gate)
            {
                _asked.ExceptWith(blueprintIds);
            }
        }
    }

    public Task CheckAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
}
