using System.Globalization;
using CardTraderSimulator.Stock;
using CardTraderSimulator.Webhooks;

namespace CardTraderSimulator.Orders;

/// <summary>
/// All orders and what may happen to them on the marketplace's or the buyer's side. Every event here is announced by webhook; what a
/// seller does by the API is not.
/// </summary>
public sealed class OrderBook
{
    private static readonly Dictionary<string, string[]> Reachable = new(StringComparer.Ordinal)
    {
        [OrderStates.Pending] = [OrderStates.Paid],
        [OrderStates.Paid] = [OrderStates.Sent, OrderStates.RequestForCancel],
        [OrderStates.Sent] = [OrderStates.Arrived, OrderStates.Lost, OrderStates.RequestForCancel],
        [OrderStates.Arrived] = [OrderStates.Done],
        [OrderStates.HubPending] = [OrderStates.Closed, OrderStates.RequestForCancel],
    };

    private readonly Marketplace marketplace;
    private readonly Dictionary<SimulatedSeller, AccountOrders> accounts = [];

    internal OrderBook(Marketplace marketplace)
    {
        this.marketplace = marketplace;
        Behavior = marketplace.Options.Orders;
    }

    /// <summary>Gets how orders behave where reality is unknown.</summary>
    public OrderBehavior Behavior { get; }

    private WebhookOutbox Webhooks => marketplace.Webhooks;

    /// <summary>Sells products of a seller; the stock falls at once. Null when not all units are there: then nothing is sold.</summary>
    /// <param name="seller">Who sells.</param>
    /// <param name="lines">Products and units; a product may occur in several lines.</param>
    /// <param name="kind">How it is bought.</param>
    /// <param name="paymentPending">Whether a direct order starts as <c>pending</c>, unpaid.</param>
    public SimulatedOrder? Place(SimulatedSeller seller, IEnumerable<OrderLine> lines, OrderKind kind = OrderKind.Direct, bool paymentPending = false)
    {
        lock (marketplace.Gate)
        {
            var counterpart = kind == OrderKind.Direct ? OrderParty.Invented(marketplace.NextId()) : OrderParty.Hub;
            var order = Sell(seller, lines, kind, counterpart, paymentPending);
            if (order is not null)
            {
                Webhooks.Announce(order, WebhookCauses.Create);
            }

            return order;
        }
    }

    /// <summary>Sells one product; see <see cref="Place(SimulatedSeller, IEnumerable{OrderLine}, OrderKind, bool)"/>.</summary>
    public SimulatedOrder? Place(SimulatedSeller seller, long productId, int quantity, OrderKind kind = OrderKind.Direct) =>
        Place(seller, [new OrderLine(productId, quantity)], kind);

    /// <summary>Lets the account buy something from a seller outside: an order in which it is the buyer and that concerns no stock of it.</summary>
    public SimulatedOrder PlaceAsBuyer(SimulatedSeller account, StockProduct product, int quantity, bool viaZero = true)
    {
        ArgumentNullException.ThrowIfNull(product);
        lock (marketplace.Gate)
        {
            var seller = viaZero ? OrderParty.Hub : OrderParty.Invented(marketplace.NextId());
            var order = Buy(account, [(product, quantity)], viaZero, seller, marketplace.NextId());
            Webhooks.Announce(order, WebhookCauses.Create);
            return order;
        }
    }

    /// <summary>Finds an order of an account that was not destroyed.</summary>
    public SimulatedOrder? Find(SimulatedSeller account, long id)
    {
        lock (marketplace.Gate)
        {
            return Of(account).Find(id) is { Destroyed: false } order ? order : null;
        }
    }

    /// <summary>Lists the orders of an account by id, the destroyed ones left out.</summary>
    public IReadOnlyList<SimulatedOrder> All(SimulatedSeller account)
    {
        lock (marketplace.Gate)
        {
            return [.. Of(account).ById.Where(order => !order.Destroyed)];
        }
    }

    /// <summary>Settles the payment of a pending order.</summary>
    /// <exception cref="InvalidOperationException">The state forbids it.</exception>
    public void Pay(SimulatedOrder order) => Move(order, OrderStates.Paid);

    /// <summary>Ships an order, as the seller does on the website.</summary>
    /// <exception cref="InvalidOperationException">The state forbids it.</exception>
    public void Ship(SimulatedOrder order) => Move(order, OrderStates.Sent);

    /// <summary>Lets an order arrive.</summary>
    /// <exception cref="InvalidOperationException">The state forbids it.</exception>
    public void Arrive(SimulatedOrder order) => Move(order, OrderStates.Arrived);

    /// <summary>Ends an order by a review or a time-out.</summary>
    /// <exception cref="InvalidOperationException">The state forbids it.</exception>
    public void Complete(SimulatedOrder order) => Move(order, OrderStates.Done);

    /// <summary>Loses an order on its way; nothing returns to the stock.</summary>
    /// <exception cref="InvalidOperationException">The state forbids it.</exception>
    public void Lose(SimulatedOrder order) => Move(order, OrderStates.Lost);

    /// <summary>Lets the buyer ask to cancel an order.</summary>
    /// <exception cref="InvalidOperationException">The state forbids it.</exception>
    public void RequestCancellation(SimulatedOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        lock (marketplace.Gate)
        {
            Request(order, order.AsBuyer ? OrderParty.Of(order.Account) : order.Counterpart, relist: false);
            Webhooks.Announce(order, WebhookCauses.Update);
        }
    }

    /// <summary>Refuses a request to cancel: the order goes back to the state before it.</summary>
    /// <exception cref="InvalidOperationException">Nothing is requested.</exception>
    public void RefuseCancellation(SimulatedOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        lock (marketplace.Gate)
        {
            Demand(order, order.State == OrderStates.RequestForCancel, "to refuse a cancellation");
            Set(order, order.StateBeforeRequest!);
            order.CancelRequester = null;
            Webhooks.Announce(order, WebhookCauses.Update);
        }
    }

    /// <summary>Cancels an order, requested or not.</summary>
    /// <param name="order">The order.</param>
    /// <param name="relist">Whether its units go back on sale; null: as the request to cancel said.</param>
    /// <exception cref="InvalidOperationException">The order is over, or was merged into another one.</exception>
    public void Cancel(SimulatedOrder order, bool? relist = null)
    {
        ArgumentNullException.ThrowIfNull(order);
        lock (marketplace.Gate)
        {
            CancelQuietly(order, relist ?? order.RelistIfCancelled);
            Webhooks.Announce(order, WebhookCauses.Update);
        }
    }

    /// <summary>Takes one item out of an order.</summary>
    /// <exception cref="InvalidOperationException">The item is not in it.</exception>
    public void DeleteItem(SimulatedOrder order, long itemId, bool relist)
    {
        ArgumentNullException.ThrowIfNull(order);
        lock (marketplace.Gate)
        {
            var item = order.Items.FirstOrDefault(item => item.Id == itemId && item.DeletedAt is null);
            Demand(order, item is not null && !OrderStates.IsCancelled(order.State), $"to delete item {itemId}");
            item!.DeletedAt = marketplace.Clock.Now;
            GiveBack(order, item, relist);
            Webhooks.Announce(order, WebhookCauses.Update);
        }
    }

    /// <summary>Destroys an order: it is no longer found, and the webhook about it carries no data.</summary>
    public void Destroy(SimulatedOrder order, bool relist)
    {
        ArgumentNullException.ThrowIfNull(order);
        lock (marketplace.Gate)
        {
            Demand(order, !order.Destroyed && order.State != OrderStates.Closed, "to destroy it");
            if (!OrderStates.IsCancelled(order.State))
            {
                GiveBackAll(order, relist);
            }

            order.Destroyed = true;
            Webhooks.Announce(order, WebhookCauses.Destroy);
        }
    }

    /// <summary>Sets any state, also one nobody has heard of, without an effect on the stock.</summary>
    public void SetState(SimulatedOrder order, string state)
    {
        ArgumentNullException.ThrowIfNull(order);
        lock (marketplace.Gate)
        {
            Set(order, state);
            Webhooks.Announce(order, WebhookCauses.Update);
        }
    }

    /// <summary>
    /// Merges all orders of a seller that wait at the hub into one paid order; the sources become <c>closed</c>. Null when none waits.
    /// </summary>
    public SimulatedOrder? MergeWeekly(SimulatedSeller seller)
    {
        ArgumentNullException.ThrowIfNull(seller);
        lock (marketplace.Gate)
        {
            var sources = Of(seller).ById
                .Where(order => order is { State: OrderStates.HubPending, Kind: OrderKind.Zero, Destroyed: false, AsBuyer: false }).ToList();
            return sources.Count == 0 ? null : Join(seller, sources, OrderStates.Paid);
        }
    }

    /// <summary>
    /// Ends the pre-sale of an order: its items move to an ordinary order at the hub that names the old one as their source.
    /// </summary>
    /// <exception cref="InvalidOperationException">The order is no pre-sale, or it is over.</exception>
    public SimulatedOrder EndPresale(SimulatedOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        lock (marketplace.Gate)
        {
            Demand(order, order is { Kind: OrderKind.Presale, State: OrderStates.HubPending }, "to end its pre-sale");
            order.PresaleEndedAt = marketplace.Clock.Now;
            return Join(order.Account, [order], OrderStates.HubPending);
        }
    }

    internal void Clear()
    {
        lock (marketplace.Gate)
        {
            accounts.Clear();
        }
    }

    internal AccountOrders Of(SimulatedSeller account)
    {
        if (!accounts.TryGetValue(account, out var orders))
        {
            accounts[account] = orders = new AccountOrders();
        }

        return orders;
    }

    /// <summary>Sells without an announcement.</summary>
    internal SimulatedOrder? Sell(SimulatedSeller seller, IEnumerable<OrderLine> lines, OrderKind kind, OrderParty counterpart, bool paymentPending)
    {
        var id = marketplace.NextId();
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

        var now = marketplace.Clock.Now;
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

    /// <summary>Makes the buyer's side of a purchase without an announcement.</summary>
    internal SimulatedOrder Buy(
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

    internal void Move(SimulatedOrder order, string state)
    {
        ArgumentNullException.ThrowIfNull(order);
        lock (marketplace.Gate)
        {
            MoveQuietly(order, state);
            Webhooks.Announce(order, WebhookCauses.Update);
        }
    }

    internal void MoveQuietly(SimulatedOrder order, string state)
    {
        Demand(order, Reachable.TryGetValue(order.State, out var next) && next.Contains(state, StringComparer.Ordinal), $"to become {state}");
        Set(order, state);
    }

    internal void Request(SimulatedOrder order, OrderParty requester, bool relist)
    {
        MoveQuietlyToRequest(order);
        order.CancelRequester = requester;
        order.RelistIfCancelled = relist;
    }

    internal void CancelQuietly(SimulatedOrder order, bool relist)
    {
        Demand(
            order,
            order.State is OrderStates.Pending or OrderStates.Paid or OrderStates.Sent or OrderStates.HubPending or OrderStates.RequestForCancel,
            "to be cancelled");
        Set(order, Behavior.CancelledVariant ? OrderStates.CancelledVariant : OrderStates.Canceled);
        GiveBackAll(order, relist);
    }

    private void MoveQuietlyToRequest(SimulatedOrder order)
    {
        var before = order.State;
        MoveQuietly(order, OrderStates.RequestForCancel);
        order.StateBeforeRequest = before;
    }

    private void Set(SimulatedOrder order, string state)
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

    private SimulatedOrder Join(SimulatedSeller seller, List<SimulatedOrder> sources, string state)
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
                merged.Add(item.CopyInto(Behavior.MergeKeepsItemIds ? item.Id : marketplace.NextId()));
            }

            Set(source, OrderStates.Closed);
        }

        Of(seller).Add(merged);
        Webhooks.Announce(merged, WebhookCauses.Create);
        sources.ForEach(source => Webhooks.Announce(source, WebhookCauses.Update));
        return merged;
    }

    private void AddItems(SimulatedOrder order, IEnumerable<(StockProduct Product, int Quantity)> goods, long? hubPendingOrderId)
    {
        var catalog = marketplace.Catalog;
        foreach (var (product, quantity) in goods)
        {
            var expansion = catalog.ExpansionOf(product.BlueprintId) is { } id ? catalog.FindExpansion(id)?.Name ?? "" : "";
            var pieces = Behavior.SplitLines ? quantity : 1;
            for (var piece = 0; piece < pieces; piece++)
            {
                order.Add(new SimulatedOrderItem(
                    marketplace.NextId(), hubPendingOrderId, product, Behavior.SplitLines ? 1 : quantity, expansion, order.CreatedAt));
            }
        }
    }

    private static void GiveBackAll(SimulatedOrder order, bool relist)
    {
        foreach (var item in order.Items.Where(item => item.DeletedAt is null))
        {
            GiveBack(order, item, relist);
        }
    }

    private static void GiveBack(SimulatedOrder order, SimulatedOrderItem item, bool relist)
    {
        if (relist && !order.AsBuyer && !item.Relisted)
        {
            item.Relisted = true;
            order.Account.Stock.Relist(
                item.Product.Id, item.Quantity, string.Create(CultureInfo.InvariantCulture, $"order {order.Id} item {item.Id}"));
        }
    }

    private static void Demand(SimulatedOrder order, bool allowed, string what)
    {
        if (!allowed)
        {
            throw new InvalidOperationException($"Order {order.Id} is {(order.Destroyed ? "destroyed" : order.State)}; this forbids it {what}.");
        }
    }
}
