using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using BrxSync.Client.Errors;
using BrxSync.Client.Http;

namespace BrxSync.Client.Orders;

internal sealed class OrdersApi(AccountSender sender) : IOrdersApi
{
    private const int LargestPage = 100;

    private static readonly OrderFilter All = new() { Sort = OrderSort.IdAscending };

    public Task<CardTraderList<Order>> ListAsync(OrderFilter filter, int page = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var query = new QueryString("orders")
            .Add("page", (long)page)
            .Add("limit", (long)Math.Min(filter.PageSize, LargestPage))
            .Add("from", filter.From)
            .Add("to", filter.To)
            .Add("from_id", filter.AfterId?.Value)
            .Add("to_id", filter.ToId?.Value)
            .Add("state", filter.State?.Value)
            .Add("order_as", filter.Role == OrderRole.Buyer ? "buyer" : "seller")
            .Add("sort", filter.Sort switch
            {
                OrderSort.OldestFirst => "date.asc",
                OrderSort.IdAscending => "id.asc",
                OrderSort.IdDescending => "id.desc",
                _ => "date.desc",
            });
        var call = ApiCall.Get("/orders", query.ToString());
        sender.ThrowIfInvalid(call, FindFaults(filter, page));
        return sender.ReadListAsync(call, "orders", OrderReader.Read, cancellationToken);
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

    public Task<Order> GetAsync(OrderId order, CancellationToken cancellationToken = default) =>
        sender.ReadAsync(Valid(ApiCall.Get("/orders/{id}", $"orders/{order}"), order), OrderReader.Read, cancellationToken);

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
        var call = Valid(ApiCall.Put("/orders/{id}/tracking_code", $"orders/{order}/tracking_code"), order);
        sender.ThrowIfInvalid(call, string.IsNullOrWhiteSpace(trackingCode) ? [new CardTraderFault("tracking_code", "It is empty.")] : []);

        // The answer is said to be an address, clients saw an order: only a read tells.
        await sender.SendAsync(call.WithObject(writer => writer.WriteString("tracking_code", trackingCode)), cancellationToken)
            .ConfigureAwait(false);
        return await GetAsync(order, cancellationToken).ConfigureAwait(false);
    }

    public Task<Order> ShipAsync(OrderId order, CancellationToken cancellationToken = default) =>
        sender.ReadAsync(Transition(order, "ship"), OrderReader.Read, cancellationToken);

    public Task<Order> RequestCancellationAsync(OrderId order, CancellationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var call = Transition(order, "request-cancellation");
        var length = new StringInfo(request.Explanation.Trim()).LengthInTextElements;
        sender.ThrowIfInvalid(call, length < CancellationRequest.MinExplanationLength
            ? [new CardTraderFault(
                "cancel_explanation", $"It has {length} characters; CardTrader wants at least {CancellationRequest.MinExplanationLength}.")]
            : []);
        return sender.ReadAsync(
            call.WithObject(writer =>
            {
                writer.WriteString("cancel_explanation", request.Explanation);
                writer.WriteOptional("relist_if_cancelled", request.RelistIfCancelled);
            }),
            OrderReader.Read,
            cancellationToken);
    }

    public Task<Order> ConfirmCancellationAsync(
        OrderId order, bool? relistIfCancelled = null, CancellationToken cancellationToken = default) =>
        sender.ReadAsync(
            Transition(order, "confirm-cancellation").WithObject(writer => writer.WriteOptional("relist_if_cancelled", relistIfCancelled)),
            OrderReader.Read,
            cancellationToken);

    public Task<CardTraderList<Ct0BoxItem>> ListCt0BoxItemsAsync(CancellationToken cancellationToken = default) =>
        sender.ReadListAsync(ApiCall.Get("/ct0_box_items", "ct0_box_items"), "items", Ct0BoxItemReader.Read, cancellationToken);

    public Task<Ct0BoxItem> GetCt0BoxItemAsync(long item, CancellationToken cancellationToken = default) =>
        sender.ReadAsync(
            ApiCall.Get("/ct0_box_items/{id}", string.Create(CultureInfo.InvariantCulture, $"ct0_box_items/{item}")),
            Ct0BoxItemReader.Read,
            cancellationToken);

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

    // A second call answers an error, so these are never repeated after a lost answer.
    private ApiCall Transition(OrderId order, string name) =>
        Valid(ApiCall.Put("/orders/{id}/" + name, $"orders/{order}/{name}", OperationClass.NonRepeatableWrite), order);

    private ApiCall Valid(ApiCall call, OrderId order)
    {
        sender.ThrowIfInvalid(call, order.Value > 0 ? [] : [new CardTraderFault("id", $"{order} is not an id; ids are positive.")]);
        return call;
    }

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
