using BrxSync.Client;

namespace BrxSync.Sync.Purchases;

/// <summary>
/// Lets purchases of one product go one after the other within this process, without asking again and again. Between processes the rules
/// see to it; they only cost more reads then.
/// </summary>
internal sealed class PurchaseQueue
{
    private readonly Dictionary<(AccountId Account, ProductId Product), Line> _lines = [];

    /// <summary>Waits for the turn.</summary>
    /// <param name="account">The account.</param>
    /// <param name="product">The product.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The turn; dispose it to let the next one go.</returns>
    public async Task<IDisposable> EnterAsync(AccountId account, ProductId product, CancellationToken cancellationToken)
    {
        var key = (account, product);
        Line line;
        lock (_lines)
        {
            if (!_lines.TryGetValue(key, out line!))
            {
                _lines[key] = line = new Line();
            }

            line.Length++;
        }

        try
        {
            await line.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            return new Entry(() =>
            {
                line.Turn.Release();
                Leave(key, line);
            });
        }
        catch (OperationCanceledException)
        {
            Leave(key, line);
            throw;
        }
    }

    /// <summary>Lines nobody stands in are not kept.</summary>
    private void Leave((AccountId, ProductId) key, Line line)
    {
        lock (_lines)
        {
            if (--line.Length == 0)
            {
                _lines.Remove(key);
            }
        }
    }

    private sealed class Line
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int Length { get; set; }
    }

    private sealed class Entry(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
