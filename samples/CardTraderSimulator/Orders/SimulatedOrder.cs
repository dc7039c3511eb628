namespace BrxSync.Simulator.Orders;

/// <summary>An order as one account sees it.</summary>
public sealed class SimulatedOrder
{
    private readonly List<SimulatedOrderItem> items = [];

    internal SimulatedOrder(SimulatedSeller account, long id, OrderKind kind, bool asBuyer, DateTimeOffset createdAt)
    {
        Account = account;
        Id = id;
        Kind = kind;
        AsBuyer = asBuyer;
        CreatedAt = createdAt;
    }

    /// <summary>Gets the order id.</summary>
    public long Id { get; }

    /// <summary>Gets how it was bought.</summary>
    public OrderKind Kind { get; }

    /// <summary>Gets whether it went over CardTrader Zero.</summary>
    public bool ViaZero => Kind != OrderKind.Direct;

    /// <summary>Gets whether the account bought; otherwise it sold.</summary>
    public bool AsBuyer { get; }

    /// <summary>Gets the state, one of <see cref="OrderStates"/> or any other text given by a test.</summary>
    public string State { get; internal set; } = OrderStates.Paid;

    /// <summary>Gets when it was placed, in the marketplace's clock.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>Gets the items, the deleted ones included.</summary>
    public IReadOnlyList<SimulatedOrderItem> Items => items;

    /// <summary>Gets the orders a weekly order was merged from.</summary>
    public IReadOnlyList<long> MergedOrderIds { get; internal set; } = [];

    /// <summary>Gets whether the items were sold in other orders before: their stock was taken there.</summary>
    internal bool RepeatsOtherOrders { get; init; }

    /// <summary>Gets whether the order no longer exists.</summary>
    public bool Destroyed { get; internal set; }

    /// <summary>Gets the tracking code, or null.</summary>
    public string? TrackingCode { get; internal set; }

    internal SimulatedSeller Account { get; }

    internal OrderParty Counterpart { get; init; } = OrderParty.Hub;

    internal OrderParty? CancelRequester { get; set; }

    /// <summary>Gets the same direct order seen from the other account, when both have one here.</summary>
    internal SimulatedOrder? Mirror { get; set; }

    /// <summary>Gets the state to return to when a request to cancel is refused.</summary>
    internal string? StateBeforeRequest { get; set; }

    internal bool RelistIfCancelled { get; set; }

    internal DateTimeOffset? PaidAt { get; set; }

    internal DateTimeOffset? SentAt { get; set; }

    internal DateTimeOffset? CancelledAt { get; set; }

    internal DateTimeOffset? CreditedAt { get; set; }

    internal DateTimeOffset? PresaleEndedAt { get; set; }

    internal int Size => items.Sum(item => item.Quantity);

    internal long SubtotalCents => items.Where(item => item.DeletedAt is null).Sum(item => (long)item.Quantity * item.Product.PriceCents);

    internal string Currency => items.Count == 0 ? Account.Currency : items[0].Product.Currency;

    internal void Add(SimulatedOrderItem item) => items.Add(item);
}
