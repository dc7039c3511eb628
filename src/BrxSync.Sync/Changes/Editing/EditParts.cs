namespace BrxSync.Sync.Changes.Editing;

/// <summary>Takes edits from whoever gives them, a part at a time.</summary>
/// <param name="edits">The edits.</param>
/// <param name="size">How many make a part.</param>
/// <param name="cancellationToken">Ends the taking.</param>
internal sealed class EditParts(IAsyncEnumerable<ItemEdit> edits, int size, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<ItemEdit[]> _parts = edits.Chunk(size).GetAsyncEnumerator(cancellationToken);

    /// <summary>Gets how many edits were taken.</summary>
    public long Taken { get; private set; }

    /// <summary>Gives the next part; null at the end.</summary>
    public async Task<ItemEdit[]?> NextAsync()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!await _parts.MoveNextAsync().ConfigureAwait(false))
        {
            return null;
        }

        Taken += _parts.Current.Length;
        return _parts.Current;
    }

    public ValueTask DisposeAsync() => _parts.DisposeAsync();
}
