using System.Collections.Immutable;
using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Feeds;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Puts a slice of an account's books together from the rows that a dialect reads.</summary>
internal sealed class StockSlice(AccountStock account)
{
    private readonly Dictionary<OrderId, OrderRecord> _orders = [];
    private readonly Dictionary<OrderId, ImmutableArray<OrderLine>.Builder> _lines = [];
    private readonly ImmutableDictionary<ProductId, StockItem>.Builder _items = ImmutableDictionary.CreateBuilder<ProductId, StockItem>();
    private readonly ImmutableDictionary<Guid, LocalChange>.Builder _changes = ImmutableDictionary.CreateBuilder<Guid, LocalChange>();
    private readonly Dictionary<ProductId, ItemDetails> _details = [];
    private readonly Dictionary<string, Guid> _references = new(StringComparer.Ordinal);
    private readonly ImmutableDictionary<ProductId, DateTimeOffset>.Builder _rereads =
        ImmutableDictionary.CreateBuilder<ProductId, DateTimeOffset>();

    /// <summary>Gets the account's own facts.</summary>
    public AccountStock Account { get; } = account;

    /// <summary>Gets or sets which of the scope's deliveries were applied before.</summary>
    public IReadOnlySet<string> AppliedDeliveries { get; set; } = ImmutableHashSet<string>.Empty;

    /// <summary>Gets or sets whether the scope's run goes on.</summary>
    public bool IsRunLive { get; set; } = true;

    /// <summary>Gets the latest dead letter of each key of the scope.</summary>
    public List<DeadLetter> DeadLetters { get; } = [];

    /// <summary>Gets the orders that are to be fetched.</summary>
    public List<OrderId> Fetches { get; } = [];

    /// <summary>Gets or sets when the read that is under way was begun.</summary>
    public DateTimeOffset? ReadBegunAt { get; set; }

    /// <summary>Gets the cursors of the feeds of the scope.</summary>
    public List<FeedCursor> Feeds { get; } = [];

    /// <summary>Gets the products that the orders read so far list.</summary>
    public IEnumerable<ProductId> ListedProducts => _lines.Values.SelectMany(lines => lines).Select(line => line.Sale.Product);

    /// <summary>Gives the instant from which sales matter: a change whose answer was lost needs those since its baseline.</summary>
    public DateTimeOffset SalesSince(DateTimeOffset read) => _changes.Values
        .Where(change => change is { State: ChangeState.InDoubt, Baseline: not null })
        .Select(change => change.Baseline!.Value.Window.From)
        .Append(read)
        .Append(SalesOfChangesSince ?? read)
        .Min();

    /// <summary>
    /// Gets the products of which copies are held back: whether changes of them could be carried out matters to sales, too.
    /// </summary>
    public IReadOnlyCollection<ProductId> HeldProducts => [.. _items.Values.Where(item => item.HeldBack > 0).Select(item => item.Product)];

    /// <summary>Gets the instant from which sales matter to changes that are known; null where they do to none.</summary>
    public DateTimeOffset? SalesOfChangesSince => Earlier(SalesOfPurchasesSince, SalesOfTakingsSince);

    /// <summary>
    /// Gets the instant from which sales matter to purchases that may have to give copies back: that of the last read of their products;
    /// null where there are none.
    /// </summary>
    private DateTimeOffset? SalesOfPurchasesSince => _changes.Values
        .Where(change => change is { IsReservation: true, State: ChangeState.Reserved or ChangeState.Sent or ChangeState.InDoubt })
        .Select(change => _items.TryGetValue(change.Product, out var item) ? item.LastRead?.Window.From : null)
        .Min();

    /// <summary>
    /// Gets the instant from which sales matter to changes that may have found fewer copies than they were to take: that of the read
    /// before.
    /// </summary>
    private DateTimeOffset? SalesOfTakingsSince => _changes.Values
        .Where(change => change is { Kind: ChangeKind.Adjust, Delta: < 0, Baseline: not null, State: not ChangeState.Waiting }
            && _items.TryGetValue(change.Product, out var item) && item.HeldBack > 0)
        .Select(change => (DateTimeOffset?)change.Baseline!.Value.Window.From)
        .Min();

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one < other ? one : other ?? one;

    public void Add(OrderRecord order) => _orders.TryAdd(order.Id, order);

    public void Add(OrderId order, OrderLine line)
    {
        if (!_lines.TryGetValue(order, out var lines))
        {
            _lines[order] = lines = ImmutableArray.CreateBuilder<OrderLine>();
        }

        // An order can be wanted for itself and for a product that it sold: it is read twice then.
        if (!lines.Any(known => known.Item == line.Item))
        {
            lines.Add(line);
        }
    }

    public void Add(StockItem item) => _items[item.Product] = item;

    public void Add(LocalChange change) => _changes[change.Id] = change;

    public void Add(ItemDetails item) => _details[item.Product] = item;

    /// <summary>Notes that a reference is that of a change.</summary>
    public void AddReference(string reference, Guid change) => _references[reference] = change;

    public void AddReread(ProductId product, DateTimeOffset askedAt) => _rereads[product] = askedAt;

    /// <summary>Gets the products of the items read so far.</summary>
    public IReadOnlyCollection<ProductId> Products => [.. _items.Keys];

    /// <summary>Gets the products of those items whose changes and requests the rules of a step may look at.</summary>
    public IReadOnlyCollection<ProductId> ProductsWithChanges(StockScope scope) =>
        scope.SetsFieldsOnly ? [.. _items.Keys.Where(ProvisionalProduct.Is)] : Products;

    public LoadedBooks Build() => new(Books(), AppliedDeliveries, Account.Seller)
    {
        Details = _details, KnownReferences = _references, WritesEnabled = Account.WritesEnabled,
        IsConnected = Account.IsConnected, IsRunLive = IsRunLive, SafetyActor = Account.SafetyActor, PushOwner = Account.PushOwner,
        DeadLetters = DeadLetters, Feeds = Feeds, ReadBegunAt = ReadBegunAt,
    };

    private AccountBooks Books() => AccountBooks.Empty with
    {
        Orders = OrderBook.Of(
            Account.BooksStart,
            _orders.Values.Select(
                order => _lines.TryGetValue(order.Id, out var lines) ? order with { Lines = lines.ToImmutable() } : order)),
        SafetyStock = Account.SafetyStock,
        LastSnapshot = Account.Snapshot,
        WithheldTo = Account.WithheldTo,
        OrdersKnownUntil = Account.OrdersKnownUntil ?? default,
        Items = _items.ToImmutable(),
        Changes = _changes.ToImmutable(),
        Rereads = _rereads.ToImmutable(),
        Fetches = [.. Fetches],
    };
}
