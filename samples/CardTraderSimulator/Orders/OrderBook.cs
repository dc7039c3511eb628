using BrxSync.Simulator.Stock;
using BrxSync.Simulator.Webhooks;

namespace BrxSync.Simulator.Orders;

/// <summary>
/// All orders and what may happen to them on the marketplace's or the buyer's side. Every event here is announced by webhook; what a
/// seller does by the API is not.
/// </summary>
public sealed class OrderBook
{
    private readonly Marketplace marketplace;
    private readonly OrderFlow flow;

    internal OrderBook(Marketplace marketplace)
    {
        this.marketplace = marketplace;
        Behavior = marketplace.Options.Orders;
        flow = new OrderFlow(marketplace, Behavior);
    }

    /// <summary>Gets how orders behave where reality is unknown.</summary>
    public OrderBehavior Behavior { get; }

    private WebhookOutbox Webhooks => marketplace.Webhooks;

    /// <summary>Sells products of a seller; the stock falls at once. Null when not all units are there: then nothing is sold.</summary>
    /// <param name="seller">Who sells.</param>
    /// <param name="lines">Products and units; a product may occur in several lines.</param>
    /// <param name="kind">How it is bought.</param>
    /// <param name="paymentPending">Whether a direct order starts as <c>pending</c>, unpaid.</param>
    public SimulatedOrder? Place(
        SimulatedSeller seller, IEnumerable<OrderLine> lines, OrderKind kind = OrderKind.Direct, bool paymentPending = false)
    {
        lock (marketplace.Gate)
        {
            var counterpart = kind == OrderKind.Direct ? OrderParty.Invented(marketplace.NextId()) : OrderParty.Hub;
            var order = flow.Sell(seller, lines, kind, counterpart, paymentPending);
            if (order is not null)
            {
                Webhooks.Announce(order, WebhookCauses.Create);
            }

            return order;
        }
    }

    /// <summary>Sells units of one product; the stock falls at once. Null when not all are there: then nothing is sold.</summary>
    /// <param name="seller">Who sells.</param>
    /// <param name="productId">The product.</param>
    /// <param name="quantity">Units to sell.</param>
    /// <param name="kind">How it is bought.</param>
    public SimulatedOrder? Place(SimulatedSeller seller, long productId, int quantity = 1, OrderKind kind = OrderKind.Direct) =>
        Place(seller, [new OrderLine(productId, quantity)], kind);

    /// <summary>
    /// Lets the account buy something from a seller outside: an order in which it is the buyer and that concerns no stock of it.
    /// </summary>
    public SimulatedOrder PlaceAsBuyer(SimulatedSeller account, StockProduct product, int quantity, bool viaZero = true)
    {
        ArgumentNullException.ThrowIfNull(product);
        lock (marketplace.Gate)
        {
            var seller = viaZero ? OrderParty.Hub : OrderParty.Invented(marketplace.NextId());
            var order = flow.Buy(account, [(product, quantity)], viaZero, seller, marketplace.NextId());
            Webhooks.Announce(order, WebhookCauses.Create);
            return order;
        }
    }

    /// <summary>Finds an order of an account that was not destroyed.</summary>
    public SimulatedOrder? Find(SimulatedSeller account, long id)
    {
        lock (marketplace.Gate)
        {
            return flow.Of(account).Find(id) is { Destroyed: false } order ? order : null;
        }
    }

    /// <summary>Lists the orders of an account by id, the destroyed ones left out.</summary>
    public IReadOnlyList<SimulatedOrder> All(SimulatedSeller account)
    {
        lock (marketplace.Gate)
        {
            return [.. flow.Of(account).ById.Where(order => !order.Destroyed)];
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
            flow.Request(order, order.AsBuyer ? OrderParty.Of(order.Account) : order.Counterpart, relist: false);
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
            OrderFlow.Demand(order, order.State == OrderStates.RequestForCancel, "to refuse a cancellation");
            flow.Set(order, order.StateBeforeRequest!);
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
            flow.Cancel(order, relist ?? order.RelistIfCancelled);
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
            OrderFlow.Demand(order, item is not null && !OrderStates.IsCancelled(order.State), $"to delete item {itemId}");
            item!.DeletedAt = marketplace.Clock.Now;
            OrderFlow.GiveBack(order, item, relist);
            Webhooks.Announce(order, WebhookCauses.Update);
        }
    }

    /// <summary>Destroys an order: it is no longer found, and the webhook about it carries no data.</summary>
    public void Destroy(SimulatedOrder order, bool relist)
    {
        ArgumentNullException.ThrowIfNull(order);
        lock (marketplace.Gate)
        {
            OrderFlow.Demand(order, !order.Destroyed && order.State != OrderStates.Closed, "to destroy it");
            if (!OrderStates.IsCancelled(order.State))
            {
                OrderFlow.GiveBackAll(order, relist);
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
            flow.Set(order, state);
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
            var sources = flow.Of(seller).ById
                .Where(order => order is { State: OrderStates.HubPending, Kind: OrderKind.Zero, Destroyed: false, AsBuyer: false })
                .ToList();
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
            OrderFlow.Demand(order, order is { Kind: OrderKind.Presale, State: OrderStates.HubPending }, "to end its pre-sale");
            order.PresaleEndedAt = marketplace.Clock.Now;
            return Join(order.Account, [order], OrderStates.HubPending);
        }
    }

    internal OrderFlow Flow => flow;

    private void Move(SimulatedOrder order, string state)
    {
        ArgumentNullException.ThrowIfNull(order);
        lock (marketplace.Gate)
        {
            flow.Move(order, state);
            Webhooks.Announce(order, WebhookCauses.Update);
        }
    }

    private SimulatedOrder Join(SimulatedSeller seller, List<SimulatedOrder> sources, string state)
    {
        var merged = flow.Join(seller, sources, state);
        Webhooks.Announce(merged, WebhookCauses.Create);
        sources.ForEach(source => Webhooks.Announce(source, WebhookCauses.Update));
        return merged;
    }
}
