using BrxSync.Client;

namespace BrxSync.Sync.Catalog;

/// <summary>A question that is on its way; whoever needs one of its ids meanwhile waits for it instead of asking again.</summary>
internal sealed class CatalogFlight
{
    private readonly TaskCompletionSource<IReadOnlyDictionary<BlueprintId, CatalogMatch>?> _landed =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The ids that it asks for.</summary>
    public List<BlueprintId> Ids { get; } = [];

    /// <summary>The answers; null when its owner gave up, so that the others must ask themselves. Fails as the catalogue did.</summary>
    public Task<IReadOnlyDictionary<BlueprintId, CatalogMatch>?> Landed => _landed.Task;

    public void Land(IReadOnlyDictionary<BlueprintId, CatalogMatch>? matches) => _landed.TrySetResult(matches);

    public void Fail(CatalogUnavailableException exception)
    {
        _landed.TrySetException(exception);

        // Nobody may be waiting; the owner throws the same exception.
        _ = _landed.Task.Exception;
    }
}
