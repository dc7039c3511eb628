using System.Text.Json;
using BrxSync.Simulator.Http;
using BrxSync.Simulator.Orders;

namespace BrxSync.Simulator.Buying;

/// <summary>The cart; every call answers it.</summary>
internal static class CartEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Get("/cart", AnswerAsync);
        routes.Post("/cart/add", AddAsync);
        routes.Post("/cart/remove", RemoveAsync);
        routes.Post("/cart/purchase", PurchaseAsync);
    }

    private static async Task AddAsync(ApiCall call)
    {
        var body = await RequestBody.ReadJsonAsync(call).ConfigureAwait(false);
        if (!RequestBody.TryInt(body, "product_id", out var id))
        {
            await ErrorAnswer.MissingParameterAsync(call.Context, "product_id").ConfigureAwait(false);
            return;
        }

        if (!RequestBody.TryInt(body, "quantity", out var quantity) || quantity < 1)
        {
            await ErrorAnswer.MissingParameterAsync(call.Context, "quantity").ConfigureAwait(false);
            return;
        }

        Task refusal;
        lock (call.Marketplace.Gate)
        {
            var desk = call.Marketplace.Carts;
            var zero = RequestBody.Flag(body, "via_cardtrader_zero");
            if (desk.FindOffer(id) is not { } offer || offer.Seller == call.Seller)
            {
                refusal = ErrorAnswer.NotFoundAsync(call.Context, "Product not found");
            }
            else if (desk.Of(call.Seller).QuantityOf(offer.Seller, zero, id) + quantity > offer.Product.Quantity)
            {
                refusal = ErrorAnswer.InvalidAsync(call.Context, ("quantity", "is more than is for sale"));
            }
            else
            {
                var cart = desk.Of(call.Seller);
                cart.Set(offer.Seller, zero, id, cart.QuantityOf(offer.Seller, zero, id) + (int)quantity, call.Marketplace.Clock.Now);
                refusal = AnswerAsync(call);
            }
        }

        await refusal.ConfigureAwait(false);
    }

    private static async Task RemoveAsync(ApiCall call)
    {
        var body = await RequestBody.ReadJsonAsync(call).ConfigureAwait(false);
        if (!RequestBody.TryInt(body, "product_id", out var id))
        {
            await ErrorAnswer.MissingParameterAsync(call.Context, "product_id").ConfigureAwait(false);
            return;
        }

        var quantity = RequestBody.TryInt(body, "quantity", out var given) ? (int)Math.Clamp(given, 1, int.MaxValue) : int.MaxValue;
        bool removed;
        lock (call.Marketplace.Gate)
        {
            removed = call.Marketplace.Carts.Of(call.Seller).Take(id, quantity, call.Marketplace.Clock.Now);
        }

        await (removed ? AnswerAsync(call) : ErrorAnswer.NotFoundAsync(call.Context, "Product not found")).ConfigureAwait(false);
    }

    private static Task PurchaseAsync(ApiCall call)
    {
        lock (call.Marketplace.Gate)
        {
            if (call.Marketplace.Carts.Purchase(call.Seller) is { } refusal)
            {
                return ErrorAnswer.InvalidAsync(call.Context, ("cart", refusal));
            }

            call.Effect = "purchase";
            return AnswerAsync(call);
        }
    }

    private static Task AnswerAsync(ApiCall call) => call.AnswerAsync(json =>
    {
        lock (call.Marketplace.Gate)
        {
            Write(json, call.Marketplace.Carts.Of(call.Seller), call.Seller);
        }
    });

    private static void Write(Utf8JsonWriter json, Cart cart, SimulatedSeller account)
    {
        var priced = cart.Items.Select(item => (
            item.Key.Seller, item.Key.ViaZero, Product: item.Key.Seller.Stock.FindEvenGone(item.Key.ProductId)!, Quantity: item.Value))
                .ToList();
        var subtotal = priced.Sum(item => (long)item.Quantity * MarketplaceEndpoints.BuyersPrice(item.Product));
        var direct = priced.Where(item => !item.ViaZero).Select(item => item.Seller).Distinct().Count();
        json.WriteStartObject();
        json.WriteNumber("id", cart.Id);
        Timestamps.Write(json, "created_at", cart.CreatedAt);
        Timestamps.Write(json, "updated_at", cart.UpdatedAt);
        OrderJson.WriteAmount(json, "subtotal", subtotal, account.Currency);
        OrderJson.WriteAmount(json, "safeguard_fee_amount", 0, account.Currency);
        OrderJson.WriteAmount(json, "ct_zero_fee_amount", 0, account.Currency);
        OrderJson.WriteAmount(json, "payment_method_fee_percentage_amount", 0, account.Currency);
        OrderJson.WriteAmount(json, "payment_method_fee_fixed_amount", 0, account.Currency);
        OrderJson.WriteAmount(json, "shipping_cost", direct * 150, account.Currency);
        OrderJson.WriteAmount(json, "total", subtotal + (direct * 150), account.Currency);
        json.WriteNull("billing_address");
        json.WriteNull("shipping_address");
        json.WriteStartArray("subcarts");
        foreach (var (index, group) in priced.GroupBy(item => (item.Seller, item.ViaZero)).Index())
        {
            json.WriteStartObject();
            json.WriteNumber("id", cart.Id + index + 1);
            json.WritePropertyName("seller");
            OrderJson.WriteParty(json, OrderParty.Of(group.Key.Seller), contact: false);
            json.WriteBoolean("via_cardtrader_zero", group.Key.ViaZero);
            OrderJson.WriteAmount(json, "shipping_cost", group.Key.ViaZero ? 0 : 150, account.Currency);
            json.WriteStartArray("cart_items");
            foreach (var item in group)
            {
                json.WriteStartObject();
                json.WriteNumber("quantity", item.Quantity);
                json.WriteNumber("price_cents", MarketplaceEndpoints.BuyersPrice(item.Product));
                json.WriteString("price_currency", account.Currency);
                json.WriteStartObject("product");
                json.WriteNumber("id", item.Product.Id);
                json.WriteString("name_en", item.Product.Name);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
