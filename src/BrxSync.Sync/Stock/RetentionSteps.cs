using BrxSync.Client;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Stock;

/// <summary>Forgets orders that the books can do without. It changes no quantity.</summary>
internal static class RetentionSteps
{
    /// <summary>Forgets those of some orders that <see cref="RetentionRule"/> allows.</summary>
    /// <param name="books">The account's books.</param>
    /// <param name="orders">The orders.</param>
    /// <param name="before">They must be older than this, and so must be every read that is under way (CardTrader's clock).</param>
    public static AccountBooks Forget(this AccountBooks books, IEnumerable<OrderId> orders, DateTimeOffset before)
    {
        ArgumentNullException.ThrowIfNull(books);
        ArgumentNullException.ThrowIfNull(orders);
        OrderId[] forgotten = [.. orders.Where(order => books.MayForget(order, before))];
        return forgotten.Length == 0 ? books : books with { Orders = books.Orders.Without(forgotten) };
    }

    /// <summary>
    /// Says whether the books can do without an order. Orders that list the same goods go together as far as they can: what counts of a
    /// sale is for its source and all that carry it on to say.
    /// </summary>
    /// <param name="books">The account's books.</param>
    /// <param name="order">The order.</param>
    /// <param name="before">It must be older than this, and so must be every read that is under way (CardTrader's clock).</param>
    public static bool MayForget(this AccountBooks books, OrderId order, DateTimeOffset before)
    {
        ArgumentNullException.ThrowIfNull(books);
        return books.Orders.Start is not null
            && books.Orders.Orders.TryGetValue(order, out var record)
            && !OrderBook.SourcesOf(record).Any(books.Fetches.Contains)
            && books.Orders.FamilyOf(record).All(relative => !books.Fetches.Contains(relative.Id)
                && RetentionRule.MayForget(relative, before, product => ReadSince(books, product)));
    }

    /// <summary>
    /// The earlier of the beginnings of the last snapshot, by whose sales the next one is judged, and of the product's own last read.
    /// </summary>
    private static DateTimeOffset? ReadSince(AccountBooks books, ProductId product)
    {
        if (books.LastSnapshot is not { } snapshot || books.Rereads.ContainsKey(product) || books.ChangesOf(product).Any(IsOpen))
        {
            return null;
        }

        return !books.Items.TryGetValue(product, out var item) || item.LastRead?.Window.From > snapshot.From
            ? snapshot.From
            : item.LastRead?.Window.From;
    }

    /// <summary>True for a change that is not over for good: sales may still have to tell what became of it.</summary>
    private static bool IsOpen(LocalChange change) =>
        change.State is not (ChangeState.Failed or ChangeState.Superseded or ChangeState.LocalOnly);
}
