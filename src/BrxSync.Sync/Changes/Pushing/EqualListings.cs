using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock.Changes;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>
/// The products that are being put on sale. CardTrader adds an equal one to the first, and takes its private text: the mark by which a
/// lost answer is made good would be gone. So only one of equal products is at work at a time.
/// </summary>
internal sealed class EqualListings
{
    private readonly IReadOnlyDictionary<ProductId, ItemDetails> _details;
    private readonly HashSet<(BlueprintId Blueprint, string? Properties)> _atWork;

    public EqualListings(StockStep step)
    {
        _details = step.Loaded!.Details;
        _atWork = step.Books.Changes.Values
            .Where(change => change is { Kind: ChangeKind.Create, State: ChangeState.Sent or ChangeState.InDoubt })
            .Select(change => KeyOf(change.Product))
            .OfType<(BlueprintId, string?)>()
            .ToHashSet();
    }

    /// <summary>Adds a product, unless an equal one is at work.</summary>
    public bool TryAdd(ProductId product) => KeyOf(product) is { } key && _atWork.Add(key);

    private (BlueprintId Blueprint, string? Properties)? KeyOf(ProductId product) =>
        _details.TryGetValue(product, out var details) ? (details.Blueprint, details.Properties) : null;
}
