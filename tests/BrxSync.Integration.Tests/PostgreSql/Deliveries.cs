using BrxSync.Client;
using BrxSync.Client.Orders;
using BrxSync.Client.Webhooks;

namespace BrxSync.Integration.Tests.PostgreSql;

/// <summary>Deliveries as CardTrader sends them.</summary>
internal static class Deliveries
{
    private static long _orders = 9_000_000;

    /// <summary>Tells of one copy that was sold a minute from now: no read of before can have seen that.</summary>
    public static OrderWebhookEvent Sale(long product)
    {
        var order = Interlocked.Increment(ref _orders);
        var time = DateTimeOffset.UtcNow.AddMinutes(1);
        var item = new OrderItem { Id = new OrderItemId(order * 10), ProductId = new ProductId(product), Quantity = 1, CreatedAt = time };
        return new OrderWebhookEvent
        {
            Id = $"delivery-{order}",
            Time = time,
            Cause = "order.create",
            ObjectClass = "Order",
            ObjectId = order,
            Mode = "live",
            OrderId = new OrderId(order),
            Kind = OrderWebhookKind.Created,
            Order = new Order
            {
                Id = new OrderId(order),
                State = OrderState.Paid,
                Role = OrderRole.Seller,
                ViaCardTraderZero = false,
                Size = 1,
                Items = [item],
            },
        };
    }
}
