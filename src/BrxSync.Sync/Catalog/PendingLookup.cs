using BrxSync.Client;

namespace BrxSync.Sync.Catalog;

/// <summary>A question that is on its way; whoever needs one of its ids meanwhile waits for it instead of asking again.</summary>
internal sealed class PendingLookup
{
    private readonly TaskCompletionSource<IReadOnlyDictionary<BlueprintId, CatalogMatch>?> _answers =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The ids that it asks for.</summary>
    public List<BlueprintId> Ids { get; } = [];

    /// <summary>The answers; null when its owner gave up, so that the others must ask themselves. Fails as the catalogue did.</summary>
    public Task<IReadOnlyDictionary<BlueprintId, CatalogMatch>?> Answers => _answers.Task;

    public void Answer(IReadOnlyDictionary<BlueprintId, CatalogMatch>? matches) => _answers.TrySetResult(matches);

    public void Fail(CatalogUnavailableException exception)
    {
        _answers.TrySetException(exception);

        // Nobody may be waiting; the owner throws the same exception.
        _ = _answers.Task.Exception;
    }
}
