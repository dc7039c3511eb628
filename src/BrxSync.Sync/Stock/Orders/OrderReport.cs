using System.Collections.Immutable;
using BrxSync.Client;
using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Sync.Stock.Orders;

/// <summary>What one webhook delivery, or one order that we read, says about an order.</summary>
internal sealed record OrderReport
{
    /// <summary>The order.</summary>
    public required OrderId Id { get; init; }

    /// <summary>Its state.</summary>
    public required OrderState State { get; init; }

    /// <summary>When that was so.</summary>
    public required OrderMoment Moment { get; init; }

    /// <summary>True for a sale over CardTrader Zero; null when the report does not say.</summary>
    public bool? ViaZero { get; init; }

    /// <summary>True when we are the buyer.</summary>
    public bool IsPurchase { get; init; }

    /// <summary>How many copies the order says it holds; null when the report does not say.</summary>
    public int? Size { get; init; }

    /// <summary>The items; empty when the report has none, as that of a destroyed order.</summary>
    public ImmutableArray<OrderItem> Items { get; init; } = [];

    /// <summary>True when the order was fetched by its id: there is nothing better to ask for.</summary>
    public bool IsDetail { get; init; }

    /// <summary>The report that an order is deleted at the marketplace.</summary>
    public static OrderReport Destroyed(OrderId id, OrderMoment moment) => new() { Id = id, State = OrderState.Destroyed, Moment = moment };

    /// <summary>Gives what is left of the report now: nothing happened later.</summary>
    public OrderReport NoLaterThan(Present present) =>
        present.IsBefore(Moment.From) ? this with { Moment = Moment.NoLaterThan(present) } : this;

    /// <summary>True when it names every item, with its product: the whole of the order.</summary>
    public bool IsComplete => !Items.IsEmpty && SizeFits && Items.All(item => item.Product is not null);

    /// <summary>True when <see cref="Size"/> is the sum of the items, with or without those taken out again.</summary>
    public bool SizeFits => Size is not { } size
        || size == Items.Sum(item => item.Quantity)
        || size == Items.Where(item => !item.IsDeleted).Sum(item => item.Quantity);
}
