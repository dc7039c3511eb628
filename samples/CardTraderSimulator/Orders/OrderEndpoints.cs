using System.Globalization;
using System.Text.Json;
using BrxSync.Simulator.Http;

namespace BrxSync.Simulator.Orders;

/// <summary>Reading orders, and what a seller may do to them. None of it sends a webhook.</summary>
internal static class OrderEndpoints
{
    private const int ShortestExplanation = 50;

    public static void Map(ApiRoutes routes)
    {
        routes.Get("/orders", ListAsync);
        routes.Get("/orders/{id:long}", call => WithOrderAsync(call, order => AnswerAsync(call, order)));
        routes.Put("/orders/{id:long}/tracking_code", TrackAsync);
        routes.Put("/orders/{id:long}/ship", call => ChangeAsync(call, (book, order, _) => book.Flow.Move(order, OrderStates.Sent)));
        routes.Put("/orders/{id:long}/request-cancellation", RequestAsync);
        routes.Put("/orders/{id:long}/confirm-cancellation", ConfirmAsync);
    }

    private static Task ListAsync(ApiCall call)
    {
        var query = new OrderQuery(call);
        var book = call.Marketplace.Orders;
        lock (call.Marketplace.Gate)
        {
            return call.AnswerListAsync(
                query.Apply(book.Flow.Of(call.Seller)), (json, order) => OrderJson.Write(json, order, book.Behavior));
        }
    }

    private static async Task TrackAsync(ApiCall call)
    {
        var body = await RequestBody.ReadJsonAsync(call).ConfigureAwait(false);
        if (RequestBody.Text(body, "tracking_code") is not { Length: > 0 } code)
        {
            await ErrorAnswer.MissingParameterAsync(call.Context, "tracking_code").ConfigureAwait(false);
            return;
        }

        await WithOrderAsync(call, order =>
        {
            // A Zero order takes its code before it is shipped.
            if (order.AsBuyer || (order.ViaZero && order.State != OrderStates.Paid))
            {
                return ErrorAnswer.InvalidAsync(call.Context, ("state", $"is {order.State}"));
            }

            order.TrackingCode = code;
            call.Effect = string.Create(CultureInfo.InvariantCulture, $"order {order.Id}: tracking code");
            return call.AnswerAsync(json =>
            {
                json.WriteStartObject();
                AddressJson.WriteShipping(json, "address", order.Id);
                json.WriteEndObject();
            });
        }).ConfigureAwait(false);
    }

    private static async Task RequestAsync(ApiCall call)
    {
        var body = await RequestBody.ReadJsonAsync(call).ConfigureAwait(false);
        var explanation = RequestBody.Text(body, "cancel_explanation");
        if (string.IsNullOrEmpty(explanation))
        {
            await ErrorAnswer.MissingParameterAsync(call.Context, "cancel_explanation").ConfigureAwait(false);
            return;
        }

        if (explanation.Length < ShortestExplanation)
        {
            const string TooShort = "is too short (minimum is 50 characters)";
            await ErrorAnswer.InvalidAsync(call.Context, ("cancel_explanation", TooShort)).ConfigureAwait(false);
            return;
        }

        var relist = RequestBody.Flag(body, "relist_if_cancelled");
        await ChangeAsync(call, (book, order, _) =>
        {
            if (order.State is not (OrderStates.Paid or OrderStates.Sent))
            {
                throw new InvalidOperationException($"Order {order.Id} is {order.State}.");
            }

            book.Flow.Request(order, OrderParty.Of(order.Account), relist);
        }).ConfigureAwait(false);
    }

    private static async Task ConfirmAsync(ApiCall call)
    {
        var relist = RequestBody.Flag(await RequestBody.ReadJsonAsync(call).ConfigureAwait(false), "relist_if_cancelled");
        await ChangeAsync(call, (book, order, seller) =>
        {
            if (order.AsBuyer || order.State != OrderStates.RequestForCancel || order.CancelRequester?.Id == seller.UserId)
            {
                throw new InvalidOperationException($"Nobody else asks to cancel order {order.Id}.");
            }

            book.Flow.Cancel(order, relist);
        }).ConfigureAwait(false);
    }

    private static Task ChangeAsync(
        ApiCall call, Action<OrderBook, SimulatedOrder, SimulatedSeller> change) => WithOrderAsync(call, order =>
    {
        var before = order.State;
        try
        {
            if (order.AsBuyer)
            {
                throw new InvalidOperationException("Only the seller may do this.");
            }

            change(call.Marketplace.Orders, order, call.Seller);
        }
        catch (InvalidOperationException refused)
        {
            return ErrorAnswer.InvalidAsync(call.Context, ("state", refused.Message));
        }

        call.Effect = string.Create(CultureInfo.InvariantCulture, $"order {order.Id}: {before} -> {order.State}");
        // The caller knows what it did; the other side of the order is told.
        if (order.Mirror is { } mirror)
        {
            call.Marketplace.Webhooks.Announce(mirror, Webhooks.WebhookCauses.Update);
        }

        return AnswerAsync(call, order);
    });

    private static Task WithOrderAsync(ApiCall call, Func<SimulatedOrder, Task> handle)
    {
        lock (call.Marketplace.Gate)
        {
            return call.Marketplace.Orders.Find(call.Seller, Inventory.ProductEndpoints.Id(call)) is { } order
                ? handle(order)
                : ErrorAnswer.NotFoundAsync(call.Context, "Order not found");
        }
    }

    private static Task AnswerAsync(ApiCall call, SimulatedOrder order)
    {
        var behavior = call.Marketplace.Orders.Behavior;
        return call.AnswerAsync((Utf8JsonWriter json) => OrderJson.Write(json, order, behavior));
    }
}
