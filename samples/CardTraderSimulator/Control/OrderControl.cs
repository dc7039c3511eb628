using System.Globalization;
using BrxSync.Simulator.Catalog;
using BrxSync.Simulator.Orders;

namespace BrxSync.Simulator.Control;

/// <summary>Orders: place them, move them through their life.</summary>
internal static class OrderControl
{
    public static void Map(ControlRoutes routes, Marketplace marketplace)
    {
        routes.Get("/orders/{name}", call => marketplace.Orders.All(SellerControl.Find(marketplace, call)).Select(Describe));
        routes.Post("/orders/{name}", call => Place(marketplace, call));
        routes.Post("/orders/{name}/random", call => PlaceRandom(marketplace, call));
        routes.Post("/orders/{name}/merge", call => marketplace.Orders.MergeWeekly(SellerControl.Find(marketplace, call)) is { } merged
            ? Describe(merged)
            : throw new InvalidOperationException("No order waits at the hub."));
        routes.Post("/orders/{name}/{id:long}/{action}", call => Act(marketplace, call));
    }

    private static object Describe(SimulatedOrder order) => new
    {
        order.Id,
        order.Kind,
        order.State,
        order.AsBuyer,
        order.CreatedAt,
        order.MergedOrderIds,
        Items = order.Items.Select(
            item => new { item.Id, ProductId = item.Product.Id, item.Quantity, item.HubPendingOrderId, item.DeletedAt, item.Relisted }),
    };

    private static object Place(Marketplace marketplace, ControlCall call)
    {
        var seller = SellerControl.Find(marketplace, call);
        var lines = call.Body.GetProperty("items").EnumerateArray()
            .Select(line => new OrderLine(line.GetProperty("product_id").GetInt64(), line.GetProperty("quantity").GetInt32())).ToList();
        var order = marketplace.Orders.Place(seller, lines, call.Choice("kind", OrderKind.Direct), call.Flag("pending") ?? false);
        return order is null ? throw new InvalidOperationException("Not all units are for sale; nothing was sold.") : Describe(order);
    }

    private static object PlaceRandom(Marketplace marketplace, ControlCall call)
    {
        var seller = SellerControl.Find(marketplace, call);
        var levels = seller.GetStock();
        var seed = (ulong)(call.Number("seed") ?? 1) << 20;
        var kind = call.Choice("kind", OrderKind.Direct);
        var placed = new List<long>();
        for (var turn = 0UL; turn < (ulong)(call.Number("count") ?? 1) && levels.Count > 0; turn++)
        {
            var level = levels[(int)(GeneratedCatalog.Mix(seed + turn) % (ulong)levels.Count)];
            if (marketplace.Orders.Place(seller, level.ProductId, 1, kind) is { } order)
            {
                placed.Add(order.Id);
            }
        }

        return new { orders = placed };
    }

    private static object Act(Marketplace marketplace, ControlCall call)
    {
        var orders = marketplace.Orders;
        var id = long.Parse(call.Route("id"), CultureInfo.InvariantCulture);
        var order = orders.Find(SellerControl.Find(marketplace, call), id) ?? throw new KeyNotFoundException($"There is no order {id}.");
        var relist = call.Flag("relist");
        switch (call.Route("action"))
        {
            case "pay":
                orders.Pay(order);
                break;
            case "ship":
                orders.Ship(order);
                break;
            case "arrive":
                orders.Arrive(order);
                break;
            case "complete":
                orders.Complete(order);
                break;
            case "lose":
                orders.Lose(order);
                break;
            case "request-cancellation":
                orders.RequestCancellation(order);
                break;
            case "refuse-cancellation":
                orders.RefuseCancellation(order);
                break;
            case "cancel":
                orders.Cancel(order, relist);
                break;
            case "delete-item":
                orders.DeleteItem(order, call.Required("item_id"), relist ?? false);
                break;
            case "destroy":
                orders.Destroy(order, relist ?? false);
                break;
            case "end-presale":
                return Describe(orders.EndPresale(order));
            case "set-state":
                orders.SetState(order, call.Text("state") ?? throw new ArgumentException("state is missing."));
                break;
            default:
                throw new KeyNotFoundException($"There is no action {call.Route("action")}.");
        }

        return Describe(order);
    }
}
