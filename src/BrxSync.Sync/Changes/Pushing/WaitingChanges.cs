using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Changes;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>
/// The changes of an account that wait to go out in batches, in the order in which they were made, a part at a time. All that waits of a
/// product is kept together; a product of which one change is to be tried later is left alone until then.
/// </summary>
internal sealed class WaitingChanges(IChangeStore store, AccountId account, TimeProvider time)
{
    private const int Page = 1_000;

    private static readonly ChangeKind[] Order = [ChangeKind.Delete, ChangeKind.Create, ChangeKind.SetFields];

    private readonly OrderedDictionary<ProductId, List<ChangeRow>> _products = [];
    private readonly HashSet<ProductId> _left = [];
    private long _after;
    private bool _isAtEnd;

    /// <summary>
    /// Takes the next batch: the changes of products that go out by calls of one kind; without rows when nothing is left.
    /// </summary>
    /// <param name="most">How many products at most.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<(ChangeKind Kind, IReadOnlyList<ChangeRow> Rows)> TakeAsync(int most, CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var kind in Order)
            {
                var products = _products.Where(product => KindOf(product.Value) == kind)
                    .Select(product => product.Key).Take(most).ToArray();
                if (products.Length > 0 && (products.Length == most || _isAtEnd))
                {
                    return (kind, [.. Together(products).SelectMany(Take)]);
                }
            }

            if (_isAtEnd)
            {
                return (default, []);
            }

            await ReadOnAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What a product is put on sale or taken off with carries all the rest.</summary>
    private static ChangeKind KindOf(List<ChangeRow> rows) =>
        Order.Cast<ChangeKind?>().FirstOrDefault(kind => kind != ChangeKind.SetFields && rows.Any(row => row.Change.Kind == kind))
            ?? ChangeKind.SetFields;

    /// <summary>A change whose batch was refused as a whole goes alone.</summary>
    private IEnumerable<ProductId> Together(ProductId[] products) => IsAlone(products[0])
        ? products.Take(1)
        : products.Where(product => !IsAlone(product));

    private bool IsAlone(ProductId product) => _products[product].Any(row => row.Attempt.IsAlone);

    private List<ChangeRow> Take(ProductId product)
    {
        var rows = _products[product];
        _products.Remove(product);
        return rows;
    }

    private async Task ReadOnAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = await store.ListOpenAsync(account, ChangeState.Waiting, null, _after, Page, cancellationToken).ConfigureAwait(false);
        _isAtEnd = rows.Count < Page;
        foreach (var row in rows)
        {
            _after = row.Change.Sequence;
            var product = row.Change.Product;
            if (!row.Attempt.IsDue(now))
            {
                _left.Add(product);
                _products.Remove(product);
            }
            else if (row.Change.Kind != ChangeKind.Adjust && !_left.Contains(product))
            {
                if (!_products.TryGetValue(product, out var known))
                {
                    _products[product] = known = [];
                }

                known.Add(row);
            }
        }
    }
}
