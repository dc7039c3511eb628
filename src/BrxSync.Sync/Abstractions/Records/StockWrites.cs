using System.Collections.Immutable;
using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records.Feeds;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Abstractions.Records;

/// <summary>What one step on an account's stock writes. Lists that are empty cost nothing.</summary>
internal sealed record StockWrites
{
    /// <summary>Webhook deliveries that are new, with what became of them.</summary>
    public IReadOnlyList<DeliveryRow> NewDeliveries { get; init; } = [];

    /// <summary>Webhook deliveries that were kept until now, with what became of them.</summary>
    public IReadOnlyList<DeliveryRow> KeptDeliveries { get; init; } = [];

    /// <summary>Orders that were unknown.</summary>
    public IReadOnlyList<OrderRecord> NewOrders { get; init; } = [];

    /// <summary>Orders of which more is known than before.</summary>
    public IReadOnlyList<OrderRecord> Orders { get; init; } = [];

    /// <summary>Order items that were unknown.</summary>
    public IReadOnlyList<LedgerLine> NewLedger { get; init; } = [];

    /// <summary>Order items that changed or count differently.</summary>
    public IReadOnlyList<LedgerLine> Ledger { get; init; } = [];

    /// <summary>Order items that their orders no longer list.</summary>
    public IReadOnlyList<LedgerLine> DroppedLines { get; init; } = [];

    /// <summary>Items whose stock side changed. Items that the store does not have are left out by it.</summary>
    public IReadOnlyList<StockItem> Items { get; init; } = [];

    /// <summary>Raises, falls and oversells.</summary>
    public IReadOnlyList<JournalLine> Journal { get; init; } = [];

    /// <summary>Products and blueprints to read again.</summary>
    public IReadOnlyList<RereadRequest> Rereads { get; init; } = [];

    /// <summary>Requests that a read has met.</summary>
    public IReadOnlyList<RereadRequest> MetRereads { get; init; } = [];

    /// <summary>Orders to fetch.</summary>
    public IReadOnlyList<OrderId> Fetches { get; init; } = [];

    /// <summary>Orders that were fetched. One that was asked for again since stays to be fetched.</summary>
    public IReadOnlyList<DueFetch> FetchesDone { get; init; } = [];

    /// <summary>What a person should know.</summary>
    public IReadOnlyList<OrderNotice> Notices { get; init; } = [];

    /// <summary>Local changes that are new or moved on.</summary>
    public IReadOnlyList<LocalChange> Changes { get; init; } = [];

    /// <summary>What new local changes carry, by their ids.</summary>
    public IReadOnlyDictionary<Guid, ChangeOrigin> Origins { get; init; } = ImmutableDictionary<Guid, ChangeOrigin>.Empty;

    /// <summary>How sending local changes went.</summary>
    public IReadOnlyList<ChangeAttempt> Attempts { get; init; } = [];

    /// <summary>Rows whose fields are set.</summary>
    public IReadOnlyList<EditedItem> EditedItems { get; init; } = [];

    /// <summary>Rows that are linked to a product from now on, or to none.</summary>
    public IReadOnlyList<ItemLink> Links { get; init; } = [];

    /// <summary>Local changes that every later read will have seen.</summary>
    public IReadOnlyList<LocalChange> ForgottenChanges { get; init; } = [];

    /// <summary>Orders to fetch at once, however often that was tried in vain.</summary>
    public IReadOnlyList<OrderId> FetchesAnew { get; init; } = [];

    /// <summary>Dead letters that are settled, if they are open. It happens before <see cref="DeadLetters"/> are written.</summary>
    public IReadOnlyList<DeadLetterSettlement> SettledDeadLetters { get; init; } = [];

    /// <summary>Work that is given up, one letter for each key.</summary>
    public IReadOnlyList<DeadLetterEntry> DeadLetters { get; init; } = [];

    /// <summary>Jobs that are given up, with the operations whose runs failed. Their letters are among <see cref="DeadLetters"/>.</summary>
    public IReadOnlyList<GivenUpJob> GivenUpJobs { get; init; } = [];

    /// <summary>Jobs of which it is forgotten that they failed.</summary>
    public IReadOnlyList<WorkKind> EndedRetries { get; init; } = [];

    /// <summary>A full sync is queued, unless one is live.</summary>
    public QueuedSync? QueuedSync { get; init; }

    /// <summary>The next poll of orders goes back as far as the first one of a day.</summary>
    public bool AsksForDeepPoll { get; init; }

    /// <summary>Cursors of feeds, as they are from now on.</summary>
    public IReadOnlyList<FeedCursor> Feeds { get; init; } = [];

    /// <summary>Orders that the books forget; their items are among <see cref="DroppedLines"/>.</summary>
    public IReadOnlyList<OrderId> ForgottenOrders { get; init; } = [];
}

/// <summary>One item of an order as the ledger keeps it.</summary>
/// <param name="Order">The order.</param>
/// <param name="Line">The item.</param>
/// <param name="Counted">How many copies of it count.</param>
internal readonly record struct LedgerLine(OrderId Order, OrderLine Line, int Counted);

/// <summary>One line of the journal, with what caused it.</summary>
/// <param name="Product">The product.</param>
/// <param name="Cause">One of <see cref="JournalCauses"/>.</param>
/// <param name="SourceId">The delivery, order or operation.</param>
/// <param name="Before">The quantity before.</param>
/// <param name="After">The quantity after.</param>
/// <param name="Oversold">By how many copies it would have gone below zero.</param>
/// <param name="Actor">Who is behind it; null for the marketplace.</param>
/// <param name="Fields">Which fields changed. Without the price among them, the line gets the price that the item has.</param>
/// <param name="PriceBefore">The price before in cents, where <paramref name="Fields"/> has the price; null when unknown.</param>
/// <param name="PriceAfter">The price after in cents, where <paramref name="Fields"/> has the price; null when unknown.</param>
internal readonly record struct JournalLine(
    ProductId Product,
    string Cause,
    string SourceId,
    int Before,
    int After,
    int Oversold,
    string? Actor = null,
    ItemFields Fields = ItemFields.None,
    int? PriceBefore = null,
    int? PriceAfter = null);

/// <summary>Asks to read a product, or all of a blueprint where no product is known.</summary>
/// <param name="Product">The product; null for a blueprint.</param>
/// <param name="Blueprint">The blueprint; null for a product.</param>
/// <param name="AskedAt">Only a read that began later will do (CardTrader's clock).</param>
internal readonly record struct RereadRequest(ProductId? Product, BlueprintId? Blueprint, DateTimeOffset AskedAt);

/// <summary>Requests for reads as the rules take them.</summary>
internal static class RereadRequests
{
    /// <summary>Gives the requests for products, each with the instant at which it was asked last.</summary>
    public static Dictionary<ProductId, DateTimeOffset> OfProducts(this IEnumerable<RereadRequest> requests) => requests
        .Where(request => request.Product is not null)
        .GroupBy(request => request.Product!.Value)
        .ToDictionary(group => group.Key, group => group.Max(request => request.AskedAt));
}

/// <summary>A request that is due.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Blueprint">The blueprint to read.</param>
/// <param name="Attempts">How often it was tried in vain.</param>
internal readonly record struct DueReread(RereadRequest Request, BlueprintId Blueprint, int Attempts);

/// <summary>An order to fetch.</summary>
/// <param name="Order">The order.</param>
/// <param name="Attempts">How often it was tried in vain.</param>
/// <param name="AskedAt">When it was asked for last, as the store tells its own time: only good to be given back to it.</param>
internal readonly record struct DueFetch(OrderId Order, int Attempts, DateTimeOffset AskedAt);

/// <summary>How far the orders of an account are known.</summary>
/// <param name="BooksStartedAt">When our books begin; null before the first snapshot.</param>
/// <param name="KnownUntil">All orders up to this instant are known (CardTrader's clock).</param>
/// <param name="LastOrder">The highest order id seen.</param>
/// <param name="PolledAt">When they were last polled, by our clock.</param>
/// <param name="HasFetches">Whether orders are to be fetched by their ids, due or not.</param>
/// <param name="HasDeadLetters">Whether there are orders that were given up, and nobody has decided about them yet.</param>
internal sealed record OrderPosition(
    DateTimeOffset? BooksStartedAt,
    DateTimeOffset? KnownUntil,
    OrderId? LastOrder,
    DateTimeOffset? PolledAt,
    bool HasFetches = false,
    bool HasDeadLetters = false);
