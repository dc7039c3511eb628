using BrxSync.Client.Http;
using Refit;

namespace BrxSync.Client.Orders;

/// <summary>The endpoints about orders and the copies on their way through CardTrader Zero.</summary>
internal interface IOrdersEndpoints : IEndpoints
{
    const string AllRoute = "/orders";
    const string OneRoute = "/orders/{id}";
    const string TrackingCodeRoute = OneRoute + "/tracking_code";
    const string ShipRoute = OneRoute + "/ship";
    const string RequestCancellationRoute = OneRoute + "/request-cancellation";
    const string ConfirmCancellationRoute = OneRoute + "/confirm-cancellation";

    [Get(AllRoute)]
    Task<CardTraderList<Order>> ListAsync(
        int page,
        int limit,
        [Query(Format = "yyyy-MM-dd")] DateOnly? from,
        [Query(Format = "yyyy-MM-dd")] DateOnly? to,
        [AliasAs("from_id")] long? fromId,
        [AliasAs("to_id")] long? toId,
        string? state,
        [AliasAs("order_as")] string role,
        string sort,
        CancellationToken cancellationToken);

    [Get(OneRoute)]
    Task<Order> GetAsync(long id, CancellationToken cancellationToken);

    // The answer is said to be an address, clients saw an order: only a read tells.
    [Put(TrackingCodeRoute)]
    Task SetTrackingCodeAsync(long id, [Body] TrackingCodeBody trackingCode, CancellationToken cancellationToken);

    // A second call of any of these answers an error, so they are never repeated after a lost answer.
    [Put(ShipRoute)]
    Task<Order> ShipAsync(
        long id, [Property] CallKind kind = CallKind.NotRepeatable, CancellationToken cancellationToken = default);

    [Put(RequestCancellationRoute)]
    Task<Order> RequestCancellationAsync(
        long id,
        [Body] CancellationBody request,
        [Property] CallKind kind = CallKind.NotRepeatable,
        CancellationToken cancellationToken = default);

    [Put(ConfirmCancellationRoute)]
    Task<Order> ConfirmCancellationAsync(
        long id,
        [Body] CancellationBody confirmation,
        [Property] CallKind kind = CallKind.NotRepeatable,
        CancellationToken cancellationToken = default);

    [Get("/ct0_box_items")]
    Task<CardTraderList<Ct0BoxItem>> ListCt0BoxItemsAsync(CancellationToken cancellationToken);

    [Get("/ct0_box_items/{id}")]
    Task<Ct0BoxItem> GetCt0BoxItemAsync(long id, CancellationToken cancellationToken);
}
