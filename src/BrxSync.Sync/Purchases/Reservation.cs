using System.Collections.Immutable;
using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Changes;

namespace BrxSync.Sync.Purchases;

/// <summary>Copies that are taken here for a purchase, and what is known of the product before it is read.</summary>
/// <param name="Change">The change that takes them.</param>
/// <param name="Details">The row.</param>
/// <param name="Before">How many copies there were.</param>
internal sealed record Reservation(LocalChange Change, ItemDetails Details, int Before)
{
    /// <summary>Gets whether all copies were held back here: they are sold, and CardTrader is not asked.</summary>
    public bool IsSold => Change.State == ChangeState.LocalOnly;

    /// <summary>Gets the product.</summary>
    public ProductId Product => Change.Product;

    /// <summary>Gets the requests for reads that are known: a read that is begun now meets them.</summary>
    public IReadOnlyDictionary<ProductId, DateTimeOffset> Requests { get; private init; } =
        ImmutableDictionary<ProductId, DateTimeOffset>.Empty;

    /// <summary>Gets the changes that are answered: a read that is begun now sees them.</summary>
    public IReadOnlySet<Guid> Answered { get; private init; } = ImmutableHashSet<Guid>.Empty;

    /// <summary>Gets how sending it goes.</summary>
    public ChangeAttempt Attempt => new() { Id = Change.Id };

    /// <summary>Gives the same with what is known now.</summary>
    public Reservation At(AccountBooks books) => this with
    {
        Requests = books.Rereads,
        Answered = books.ChangesOf(Product).Where(change => change.State == ChangeState.Acknowledged)
            .Select(change => change.Id).ToHashSet(),
    };
}
