namespace BrxSync.Client.Orders;

/// <summary>Says which orders are wanted.</summary>
public sealed record OrderFilter
{
    /// <summary>Gets the first day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Gets the last day. Whether it is included, and its time zone, are unknown: overlap by a day.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Gets the id above which orders are wanted; it is not included.</summary>
    public OrderId? AfterId { get; init; }

    /// <summary>Gets the highest id; it is included.</summary>
    public OrderId? ToId { get; init; }

    /// <summary>Gets the state.</summary>
    public OrderState? State { get; init; }

    /// <summary>Gets the side the account is on.</summary>
    /// <value><see cref="OrderRole.Seller"/></value>
    public OrderRole Role { get; init; } = OrderRole.Seller;

    /// <summary>Gets the order of the list.</summary>
    /// <value><see cref="OrderSort.NewestFirst"/></value>
    public OrderSort Sort { get; init; }

    /// <summary>Gets the number of orders in one page.</summary>
    /// <value>100, the most CardTrader gives; more could silently become 20 and is lowered to 100.</value>
    public int PageSize { get; init; } = 100;
}
