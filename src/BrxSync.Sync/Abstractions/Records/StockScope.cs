using BrxSync.Client;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Abstractions.Records;

/// <summary>What a step on the stock concerns. A store loads it, and what hangs together with it.</summary>
internal sealed record StockScope
{
    /// <summary>
    /// The seller (his id on CardTrader) that was asked for what the step applies: the step changes nothing once the account is another's.
    /// Null where nobody was asked, or where his id is not known.
    /// </summary>
    public long? Seller { get; init; }

    /// <summary>Orders that reports are about, and source orders that they name.</summary>
    public IReadOnlyCollection<OrderId> Orders { get; init; } = [];

    /// <summary>Deliveries that are about to be applied: which of them were before is wanted.</summary>
    public IReadOnlyCollection<string> Deliveries { get; init; } = [];

    /// <summary>Products whose items are wanted, beside those of the orders.</summary>
    public IReadOnlyCollection<ProductId> Products { get; init; } = [];

    /// <summary>
    /// For reads: local changes, requests and sales of <see cref="Products"/> are wanted too, those from this instant on (CardTrader's
    /// clock) and, where the answer to a change was lost, those since its baseline,
    /// and for purchases under way, those since the last read; null for reports about orders, which need none.
    /// </summary>
    public DateTimeOffset? SalesSince { get; init; }

    /// <summary>Rows of the inventory that are wanted with all that they hold, beside those of <see cref="Products"/>.</summary>
    public IReadOnlyCollection<long> ItemIds { get; init; } = [];

    /// <summary>Fields of those rows that are wanted; texts of others may be left out.</summary>
    public ItemFields Fields { get; init; } =
        ItemFields.Price | ItemFields.Description | ItemFields.Properties | ItemFields.Graded | ItemFields.Tag | ItemFields.UserData;

    /// <summary>
    /// For our own changes: those of the items are wanted, and all that the rows of <see cref="Products"/> hold. Provisional products are
    /// allowed among them.
    /// </summary>
    public bool ForChanges { get; init; }

    /// <summary>Gets the rows that are wanted with all that they hold: by their ids, and by their products.</summary>
    public (IReadOnlyCollection<long> Ids, IReadOnlyCollection<ProductId> Products) Rows => (
        [.. ItemIds.Concat(Products.Where(ProvisionalProduct.Is).Select(ProvisionalProduct.ItemOf)).Distinct()],
        [.. Products.Where(product => !ProvisionalProduct.Is(product))]);

    /// <summary>
    /// The run of an operation that the step is a part of: it changes nothing once that has ended, or goes on elsewhere. Null for none.
    /// </summary>
    public OperationRun? Run { get; init; }

    /// <summary>
    /// Fields are set, and nothing else: of rows that are linked to products, neither changes nor requests are wanted.
    /// </summary>
    public bool SetsFieldsOnly { get; init; }

    /// <summary>Callers' own names of changes: which of them are known is wanted.</summary>
    public IReadOnlyCollection<string> References { get; init; } = [];

    /// <summary>All orders of the account are wanted.</summary>
    public bool AllOrders { get; init; }

    /// <summary>All orders are wanted if the books have not begun: a first snapshot begins them.</summary>
    public bool BeginsBooks { get; init; }

    /// <summary>What dead letters may be about: the latest letter of each is wanted.</summary>
    public IReadOnlyCollection<DeadLetterKey> DeadLetters { get; init; } = [];

    /// <summary>
    /// For forgetting orders: local changes and requests of all products that the loaded orders list are wanted, which orders are to be
    /// fetched, and since when a read is under way.
    /// </summary>
    public bool ForgetsOrders { get; init; }

    /// <summary>Feeds whose cursors are wanted; they do not move before the step ends.</summary>
    public IReadOnlyCollection<string> Feeds { get; init; } = [];
}
