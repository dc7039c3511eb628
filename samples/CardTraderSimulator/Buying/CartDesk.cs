using BrxSync.Simulator.Orders;
using BrxSync.Simulator.Stock;
using BrxSync.Simulator.Webhooks;

namespace BrxSync.Simulator.Buying;

/// <summary>
/// The carts of all accounts, and what was bought over CardTrader Zero and has not arrived. Used under the marketplace's lock.
/// </summary>
internal sealed class CartDesk(Marketplace marketplace)
{
    private readonly Dictionary<SimulatedSeller, Cart> carts = [];
    private readonly Dictionary<SimulatedSeller, List<BoxItem>> boxes = [];

    public Cart Of(SimulatedSeller account)
    {
        if (!carts.TryGetValue(account, out var cart))
        {
            carts[account] = cart = new Cart(marketplace.NextId(), marketplace.Clock.Now);
        }

        cart.DropSoldOut();
        return cart;
    }

    public IReadOnlyList<BoxItem> BoxOf(SimulatedSeller account) => boxes.GetValueOrDefault(account, []);

    /// <summary>Finds the offer of a product, whoever sells it.</summary>
    public (SimulatedSeller Seller, StockProduct Product)? FindOffer(long productId)
    {
        foreach (var seller in marketplace.Sellers)
        {
            if (!seller.OnVacation && seller.Stock.Find(productId) is { } product)
            {
                return (seller, product);
            }
        }

        return null;
    }

    /// <summary>Buys the whole cart: an order for each seller and way of buying. Returns what stood in the way, or null.</summary>
    public string? Purchase(SimulatedSeller buyer)
    {
        var cart = Of(buyer);
        if (!cart.Items.Any())
        {
            return "cart is empty";
        }

        foreach (var group in cart.Items.GroupBy(item => (item.Key.Seller, item.Key.ViaZero)).ToList())
        {
            Buy(buyer, group.Key.Seller, group.Key.ViaZero, [.. group.Select(item => new OrderLine(item.Key.ProductId, item.Value))]);
        }

        cart.Clear(marketplace.Clock.Now);
        return null;
    }

    public void Clear()
    {
        carts.Clear();
        boxes.Clear();
    }

    private void Buy(SimulatedSeller buyer, SimulatedSeller seller, bool viaZero, IReadOnlyList<OrderLine> lines)
    {
        var kind = viaZero ? OrderKind.Zero : OrderKind.Direct;
        var sale = marketplace.Orders.Flow.Sell(
            seller, lines, kind, viaZero ? OrderParty.Hub : OrderParty.Of(buyer), paymentPending: false);
        if (sale is null)
        {
            return;
        }

        var goods = sale.Items.Select(item => (item.Product, item.Quantity)).ToList();
        // Over Zero the two sides never meet: the buyer's order has an id of its own, with the hub as its seller.
        var purchase = marketplace.Orders.Flow.Buy(
            buyer, goods, viaZero, viaZero ? OrderParty.Hub : OrderParty.Of(seller), viaZero ? marketplace.NextId() : sale.Id);
        if (viaZero)
        {
            AddToBox(buyer, seller, purchase);
        }
        else
        {
            sale.Mirror = purchase;
            purchase.Mirror = sale;
        }

        // The buyer is the caller and knows.
        marketplace.Webhooks.AnnounceOne(sale, WebhookCauses.Create);
    }

    private void AddToBox(SimulatedSeller buyer, SimulatedSeller seller, SimulatedOrder purchase)
    {
        if (!boxes.TryGetValue(buyer, out var box))
        {
            boxes[buyer] = box = [];
        }

        box.AddRange(purchase.Items.Select(item => new BoxItem(marketplace.NextId(), seller, item, marketplace.Clock.Now)));
    }
}
