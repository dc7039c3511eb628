using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using BrxSync.Client.Errors;

namespace BrxSync.Client.Orders;

internal sealed class OrdersApi(IOrdersEndpoints endpoints) : IOrdersApi
{
    private const int LargestPage = 100;

    private static readonly OrderFilter All = new() { Sort = OrderSort.IdAscending };

    public Task<CardTraderList<Order>> ListAsync(OrderFilter filter, int page = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        CallErrors.ThrowIfInvalid(HttpMethod.Get, IOrdersEndpoints.AllRoute, FindFaults(filter, page));
        var sort = filter.Sort switch
        {
            OrderSort.OldestFirst => "date.asc",
            OrderSort.IdAscending => "id.asc",
            OrderSort.IdDescending => "id.desc",
            _ => "date.desc",
        };
        return endpoints.ListAsync(
            page,
            Math.Min(filter.PageSize, LargestPage),
            filter.From,
            filter.To,
            filter.AfterId?.Value,
            filter.ToId?.Value,
            filter.State?.Value,
            filter.Role == OrderRole.Buyer ? "buyer" : "seller",
            sort,
            cancellationToken);
    }

    public IAsyncEnumerable<Order> StreamAsync(OrderFilter? filter = null, CancellationToken cancellationToken = default)
    {
        var wanted = filter ?? All;
        return wanted.Sort == OrderSort.IdAscending ? WalkByIdAsync(wanted, cancellationToken) : WalkByPageAsync(wanted, cancellationToken);
    }

    public IAsyncEnumerable<Order> StreamNewAsync(OrderId lastSeen, CancellationToken cancellationToken = default) =>
        StreamAsync(All with { AfterId = lastSeen }, cancellationToken);

    public IAsyncEnumerable<Order> StreamSinceAsync(DateOnly from, CancellationToken cancellationToken = default) =>
        StreamAsync(All with { From = from == DateOnly.MinValue ? from : from.AddDays(-1) }, cancellationToken);

    public Task<Order> GetAsync(OrderId order, CancellationToken cancellationToken = default)
    {
        ThrowIfNoId(HttpMethod.Get, IOrdersEndpoints.OneRoute, order);
        return endpoints.GetAsync(order.Value, cancellationToken);
    }

    public async Task<Order?> FindAsync(OrderId order, CancellationToken cancellationToken = default)
    {
        try
        {
            return await GetAsync(order, cancellationToken).ConfigureAwait(false);
        }
        catch (CardTraderException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task<Order> SetTrackingCodeAsync(OrderId order, string trackingCode, CancellationToken cancellationToken = default)
    {
        ThrowIfNoId(HttpMethod.Put, IOrdersEndpoints.TrackingCodeRoute, order);
        CallErrors.ThrowIfInvalid(
            HttpMethod.Put,
            IOrdersEndpoints.TrackingCodeRoute,
            string.IsNullOrWhiteSpace(trackingCode) ? [new CardTraderFault("tracking_code", "It is empty.")] : []);
        await endpoints.SetTrackingCodeAsync(order.Value, new TrackingCodeBody(trackingCode), cancellationToken).ConfigureAwait(false);
        return await GetAsync(order, cancellationToken).ConfigureAwait(false);
    }

    public Task<Order> ShipAsync(OrderId order, CancellationToken cancellationToken = default)
    {
        ThrowIfNoId(HttpMethod.Put, IOrdersEndpoints.ShipRoute, order);
        return endpoints.ShipAsync(order.Value, cancellationToken: cancellationToken);
    }

    public Task<Order> RequestCancellationAsync(OrderId order, CancellationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ThrowIfNoId(HttpMethod.Put, IOrdersEndpoints.RequestCancellationRoute, order);
        var length = new StringInfo(request.Explanation.Trim()).LengthInTextElements;
        CallErrors.ThrowIfInvalid(
            HttpMethod.Put,
            IOrdersEndpoints.RequestCancellationRoute,
            length < CancellationRequest.MinExplanationLength
                ? [new CardTraderFault(
                    "cancel_explanation",
                    $"It has {length} characters; CardTrader wants at least {CancellationRequest.MinExplanationLength}.")]
                : []);
        return endpoints.RequestCancellationAsync(
            order.Value, new CancellationBody(request.Explanation, request.RelistIfCancelled), cancellationToken: cancellationToken);
    }

    public Task<Order> ConfirmCancellationAsync(
        OrderId order, bool? relistIfCancelled = null, CancellationToken cancellationToken = default)
    {
        ThrowIfNoId(HttpMethod.Put, IOrdersEndpoints.ConfirmCancellationRoute, order);
        return endpoints.ConfirmCancellationAsync(
            order.Value, new CancellationBody(null, relistIfCancelled), cancellationToken: cancellationToken);
    }

    public Task<CardTraderList<Ct0BoxItem>> ListCt0BoxItemsAsync(CancellationToken cancellationToken = default) =>
        endpoints.ListCt0BoxItemsAsync(cancellationToken);

    public Task<Ct0BoxItem> GetCt0BoxItemAsync(long item, CancellationToken cancellationToken = default) =>
        endpoints.GetCt0BoxItemAsync(item, cancellationToken);

    private static List<CardTraderFault> FindFaults(OrderFilter filter, int page)
    {
        var faults = new List<CardTraderFault>();
        if (page < 1)
        {
            faults.Add(new CardTraderFault("page", $"{page} is not a page; the first is 1."));
        }

        if (filter.PageSize < 1)
        {
            faults.Add(new CardTraderFault("limit", $"{filter.PageSize} orders per page; the least is 1."));
        }

        if (filter.From > filter.To)
        {
            faults.Add(new CardTraderFault("from", $"{filter.From:yyyy-MM-dd} is after {filter.To:yyyy-MM-dd}."));
        }

        if (filter.AfterId?.Value >= filter.ToId?.Value)
        {
            faults.Add(new CardTraderFault("from_id", $"No id is above {filter.AfterId} and not above {filter.ToId}."));
        }

        return faults;
    }

    private static void ThrowIfNoId(HttpMethod method, string route, OrderId order) => CallErrors.ThrowIfInvalid(
        method, route, order.Value > 0 ? [] : [new CardTraderFault("id", $"{order} is not an id; ids are positive.")]);

    private async IAsyncEnumerable<Order> WalkByIdAsync(OrderFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = filter.AfterId?.Value ?? 0;
        CardTraderList<Order>? incomplete = null;
        while (true)
        {
            var page = await ListAsync(filter with { AfterId = last > 0 ? new OrderId(last) : null }, 1, cancellationToken)
                .ConfigureAwait(false);
            var before = last;
            foreach (var order in page.OrderBy(static order => order.Id.Value))
            {
                if (order.Id.Value > last)
                {
                    last = order.Id.Value;
                    yield return order;
                }
            }

            // A full page without anything new would mean that the filter is not heeded: never walk in a circle.
            incomplete ??= page.Unreadable.Count > 0 ? page : null;
            if (page.RowCount < Math.Min(filter.PageSize, LargestPage) || last == before)
            {
                break;
            }
        }

        incomplete?.RequireAll();
    }

    private async IAsyncEnumerable<Order> WalkByPageAsync(OrderFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<OrderId>();
        CardTraderList<Order>? incomplete = null;
        for (var number = 1; ; number++)
        {
            var page = await ListAsync(filter, number, cancellationToken).ConfigureAwait(false);
            foreach (var order in page.Where(order => seen.Add(order.Id)))
            {
                yield return order;
            }

            incomplete ??= page.Unreadable.Count > 0 ? page : null;
            if (page.RowCount < Math.Min(filter.PageSize, LargestPage))
            {
                break;
            }
        }

        incomplete?.RequireAll();
    }
}
