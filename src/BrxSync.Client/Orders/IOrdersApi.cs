using BrxSync.Client.Errors;

namespace BrxSync.Client.Orders;

/// <summary>Reads and handles orders.</summary>
public interface IOrdersApi
{
    /// <summary>Reads one page of orders (<c>GET /orders</c>). A page with fewer orders than asked for is the last one.</summary>
    /// <param name="filter">Which orders.</param>
    /// <param name="page">The page, from 1.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="CardTraderException">The request is wrong (every fault is listed) or the call failed.</exception>
    Task<CardTraderList<Order>> ListAsync(OrderFilter filter, int page = 1, CancellationToken cancellationToken = default);

    /// <summary>Walks through all orders of a filter (<c>GET /orders</c>), each once.</summary>
    /// <remarks>
    /// With <see cref="OrderSort.IdAscending"/> the walk goes from id to id and misses nothing. With the other orders it goes from page to
    /// page; orders that arrive meanwhile shift the pages: repeated ones are left out.
    /// </remarks>
    /// <param name="filter">Which orders; <see langword="null"/> for all the account sold, by ascending id.</param>
    /// <param name="cancellationToken">Stops the walk.</param>
    /// <exception cref="CardTraderException">The request is wrong (every fault is listed) or a call failed.</exception>
    IAsyncEnumerable<Order> StreamAsync(OrderFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>Walks through the orders newer than one seen before, by ascending id (<c>GET /orders</c>): finds every new order.</summary>
    /// <param name="lastSeen">The highest id seen; it is not included.</param>
    /// <param name="cancellationToken">Stops the walk.</param>
    /// <exception cref="CardTraderException">A call failed.</exception>
    IAsyncEnumerable<Order> StreamNewAsync(OrderId lastSeen, CancellationToken cancellationToken = default);

    /// <summary>Walks through the orders since a day, by ascending id (<c>GET /orders</c>): finds changes of their states.</summary>
    /// <param name="from">The first day; one day is added before it, because the time zone of days is unknown.</param>
    /// <param name="cancellationToken">Stops the walk.</param>
    /// <exception cref="CardTraderException">A call failed.</exception>
    IAsyncEnumerable<Order> StreamSinceAsync(DateOnly from, CancellationToken cancellationToken = default);

    /// <summary>Reads one order (<c>GET /orders/:id</c>).</summary>
    /// <param name="order">The order.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="CardTraderException">There is no such order, or the call failed.</exception>
    Task<Order> GetAsync(OrderId order, CancellationToken cancellationToken = default);

    /// <summary>Finds one order (<c>GET /orders/:id</c>).</summary>
    /// <param name="order">The order.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>The order, or <see langword="null"/> when CardTrader does not have it.</returns>
    /// <exception cref="CardTraderException">The call failed.</exception>
    Task<Order?> FindAsync(OrderId order, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets the tracking code (<c>PUT /orders/:id/tracking_code</c>) and reads the order again. Orders over
    /// CardTrader Zero: before shipping.
    /// </summary>
    /// <param name="order">The order.</param>
    /// <param name="trackingCode">The code.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="CardTraderException">The code is refused, or the call failed.</exception>
    Task<Order> SetTrackingCodeAsync(OrderId order, string trackingCode, CancellationToken cancellationToken = default);

    /// <summary>Marks an order as shipped (<c>PUT /orders/:id/ship</c>).</summary>
    /// <param name="order">The order.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="CardTraderException">The state forbids it, or the outcome is unknown: read the order then.</exception>
    Task<Order> ShipAsync(OrderId order, CancellationToken cancellationToken = default);

    /// <summary>Asks for the cancellation of a paid or shipped order (<c>PUT /orders/:id/request-cancellation</c>).</summary>
    /// <param name="order">The order.</param>
    /// <param name="request">Why, and what becomes of the copies.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="CardTraderException">
    /// The explanation is too short, the state forbids it, or the outcome is unknown: read the order then.
    /// </exception>
    Task<Order> RequestCancellationAsync(OrderId order, CancellationRequest request, CancellationToken cancellationToken = default);

    /// <summary>Agrees to a cancellation that the other side asked for (<c>PUT /orders/:id/confirm-cancellation</c>).</summary>
    /// <param name="order">The order.</param>
    /// <param name="relistIfCancelled">Whether CardTrader puts the copies back on sale. Remember it: the order does not show it.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="CardTraderException">Nobody asked for it, or the outcome is unknown: read the order then.</exception>
    Task<Order> ConfirmCancellationAsync(OrderId order, bool? relistIfCancelled = null, CancellationToken cancellationToken = default);

    /// <summary>Lists what the account bought over CardTrader Zero and did not receive yet (<c>GET /ct0_box_items</c>).</summary>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="CardTraderException">The call failed.</exception>
    Task<CardTraderList<Ct0BoxItem>> ListCt0BoxItemsAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads one item of the CardTrader Zero box (<c>GET /ct0_box_items/:id</c>).</summary>
    /// <param name="item">The id of the item.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="CardTraderException">There is no such item, or the call failed.</exception>
    Task<Ct0BoxItem> GetCt0BoxItemAsync(long item, CancellationToken cancellationToken = default);
}
