using System.Globalization;
using BrxSync.Simulator.Stock;

namespace BrxSync.Simulator.Orders;

/// <summary>What an order may become, and what that does to the stock. Tells nobody; used under the marketplace's lock.</summary>
internal sealed class OrderFlow(Marketplace marketplace, OrderBehavior behavior)
{
    private static readonly Dictionary<string, string[]> Reachable = new(StringComparer.Ordinal)
    {
        [OrderStates.Pending] = [OrderStates.Paid],
        [OrderStates.Paid] = [OrderStates.Sent, OrderStates.RequestForCancel],
        [OrderStates.Sent] = [OrderStates.Arrived, OrderStates.Lost, OrderStates.RequestForCancel],
        [OrderStates.Arrived] = [OrderStates.Done],
        [OrderStates.HubPending] = [OrderStates.Closed, OrderStates.RequestForCancel],
    };

    private readonly Dictionary<SimulatedSeller, AccountOrders> accounts = [];

    public void Clear() => accounts.Clear();

    public AccountOrders Of(SimulatedSeller account)
    {
        if (!accounts.TryGetValue(account, out var orders))
        {
            accounts[account] = orders = new AccountOrders();
        }

        return orders;
    }

    /// <summary>Takes goods out of a stock and makes the seller's order of them; null when not all units are there.</summary>
    public SimulatedOrder? Sell(
        SimulatedSeller seller, IEnumerable<OrderLine> lines, OrderKind kind, OrderParty counterpart, bool paymentPending)
    {
        var id = marketplace.NextId();
        var now = marketplace.Clock.Now;
        var reference = string.Create(CultureInfo.InvariantCulture, $"order {id}");
        var taken = new List<(StockProduct Product, int Quantity)>();
        foreach (var line in lines)
        {
            if (line.Quantity > 0 && seller.Stock.TryTake(line.ProductId, line.Quantity, reference) is { } product)
            {
                taken.Add((product, line.Quantity));
                continue;
            }

            taken.ForEach(back => seller.Stock.Untake(back.Product.Id, back.Quantity, reference));
            return null;
        }

        var order = new SimulatedOrder(seller, id, kind, asBuyer: false, now)
        {
            Counterpart = counterpart,
            State = kind != OrderKind.Direct ? OrderStates.HubPending : paymentPending ? OrderStates.Pending : OrderStates.Paid,
            PaidAt = kind == OrderKind.Direct && !paymentPending ? now : null,
        };
        AddItems(order, taken, kind == OrderKind.Direct ? null : id);
        Of(seller).Add(order);
        return order;
    }

    /// <summary>Makes the buyer's side of a purchase.</summary>
    public SimulatedOrder Buy(
        SimulatedSeller account, IEnumerable<(StockProduct Product, int Quantity)> goods, bool viaZero, OrderParty seller, long id)
    {
        var order = new SimulatedOrder(account, id, viaZero ? OrderKind.Zero : OrderKind.Direct, asBuyer: true, marketplace.Clock.Now)
        {
            Counterpart = seller,
            PaidAt = marketplace.Clock.Now,
        };
        AddItems(order, goods, null);
        Of(account).Add(order);
        return order;
    }

    public void Move(SimulatedOrder order, string state)
    {
        Demand(
            order, Reachable.TryGetValue(order.State, out var next) && next.Contains(state, StringComparer.Ordinal), $"to become {state}");
        Set(order, state);
    }

    public void Request(SimulatedOrder order, OrderParty requester, bool relist)
    {
        var before = order.State;
        Move(order, OrderStates.RequestForCancel);
        order.StateBeforeRequest = before;
        order.CancelRequester = requester;
        order.RelistIfCancelled = relist;
    }

    public void Cancel(SimulatedOrder order, bool relist)
    {
        Demand(
            order,
            order.State is OrderStates.Pending or OrderStates.Paid or OrderStates.Sent or OrderStates.HubPending
                or OrderStates.RequestForCancel,
            "to be cancelled");
        Set(order, behavior.CancelledVariant ? OrderStates.CancelledVariant : OrderStates.Canceled);
        GiveBackAll(order, relist);
    }

    public void Set(SimulatedOrder order, string state)
    {
        var now = marketplace.Clock.Now;
        foreach (var side in order.Mirror is { } mirror ? [order, mirror] : (SimulatedOrder[])[order])
        {
            side.State = state;
            side.PaidAt ??= state == OrderStates.Paid ? now : null;
            side.SentAt ??= state == OrderStates.Sent ? now : null;
            side.CreditedAt ??= state == OrderStates.Done ? now : null;
            side.CancelledAt ??= OrderStates.IsCancelled(state) ? now : null;
        }
    }

    public SimulatedOrder Join(SimulatedSeller seller, List<SimulatedOrder> sources, string state)
    {
        var now = marketplace.Clock.Now;
        var merged = new SimulatedOrder(seller, marketplace.NextId(), OrderKind.Zero, asBuyer: false, now)
        {
            State = state,
            PaidAt = state == OrderStates.Paid ? now : null,
            MergedOrderIds = state == OrderStates.Paid ? [.. sources.Select(source => source.Id)] : [],
            RepeatsOtherOrders = true,
        };
        foreach (var source in sources)
        {
            foreach (var item in source.Items.Where(item => item.DeletedAt is null))
            {
                merged.Add(item.CopyInto(behavior.MergeKeepsItemIds ? item.Id : marketplace.NextId()));
            }

            Set(source, OrderStates.Closed);
        }

        Of(seller).Add(merged);
        return merged;
    }

    private void AddItems(SimulatedOrder order, IEnumerable<(StockProduct Product, int Quantity)> goods, long? hubPendingOrderId)
    {
        var catalog = marketplace.Catalog;
        foreach (var (product, quantity) in goods)
        {
            var expansion = catalog.ExpansionOf(product.BlueprintId) is { } id ? catalog.FindExpansion(id)?.Name ?? "" : "";
            var pieces = behavior.SplitLines ? quantity : 1;
            for (var piece = 0; piece < pieces; piece++)
            {
                order.Add(new SimulatedOrderItem(
                    marketplace.NextId(), hubPendingOrderId, product, behavior.SplitLines ? 1 : quantity, expansion, order.CreatedAt));
            }
        }
    }

    public static void GiveBackAll(SimulatedOrder order, bool relist)
    {
        foreach (var item in order.Items.Where(item => item.DeletedAt is null))
        {
            GiveBack(order, item, relist);
        }
    }

    public static void GiveBack(SimulatedOrder order, SimulatedOrderItem item, bool relist)
    {
        if (relist && !order.AsBuyer && !item.Relisted)
        {
            item.Relisted = true;
            order.Account.Stock.Relist(
                item.Product.Id, item.Quantity, string.Create(CultureInfo.InvariantCulture, $"order {order.Id} item {item.Id}"));
        }
    }

    public static void Demand(SimulatedOrder order, bool allowed, string what)
    {
        if (!allowed)
        {
            throw new InvalidOperationException(
                $"Order {order.Id} is {(order.Destroyed ? "destroyed" : order.State)}; this forbids it {what}.");
        }
    }
}
