using BrxSync.Simulator.Stock;

namespace BrxSync.Simulator.Tests.Buying;

public sealed class BuyingTests : SimulatorTest
{
    private SimulatedSeller Buyer => Host.Seller("buyer");

    private StockLevel Offer => Demo.GetStock().First(level => level.Quantity >= 3);

    protected override CardTraderSimulatorOptions Options() => new()
    {
        Sellers = { new SellerOptions { Products = 200 }, new SellerOptions { Name = "buyer", Products = 0 } },
    };

    [Fact]
    public async Task Products_OfABlueprint_AreOffersUnderItsIdAsText()
    {
        var offers = (await GetAsync($"marketplace/products?blueprint_id={Offer.BlueprintId}")).Json.EnumerateObject().Single();

        offers.Name.ShouldBe(Offer.BlueprintId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var offer = offers.Value.EnumerateArray().First(row => row.GetProperty("id").GetInt64() == Offer.ProductId);
        offer.GetProperty("price").GetProperty("cents").GetInt32().ShouldBeGreaterThan(Offer.PriceCents);
        offer.GetProperty("user").GetProperty("username").GetString().ShouldBe("demo");
    }

    [Fact]
    public async Task Products_OfASellerOnVacation_AreHidden()
    {
        Demo.OnVacation = true;

        (await GetAsync($"marketplace/products?blueprint_id={Offer.BlueprintId}")).Json.EnumerateObject().ShouldBeEmpty();
    }

    [Fact]
    public async Task Products_FoilFilter_HidesTheOthers()
    {
        var answer = await GetAsync(
            $"marketplace/products?expansion_id={Host.Catalog.FindBlueprint(Offer.BlueprintId)!.ExpansionId}&foil=true");

        var offers = answer.Json.EnumerateObject().SelectMany(blueprint => blueprint.Value.EnumerateArray()).ToList();
        offers.ShouldNotBeEmpty();
        offers.ShouldAllBe(offer => !offer.GetProperty("properties_hash").GetRawText().Contains("_foil\":false"));
    }

    [Fact]
    public async Task Products_WithoutAFilter_IsMissingParameter() => (await GetAsync("marketplace/products")).Status.ShouldBe(422);

    [Fact]
    public async Task Purchase_OverZero_MakesAHubOrderForTheSellerAndAPurchaseForTheBuyer()
    {
        await AddAsync(2, zero: true);

        (await PostAsync("cart/purchase", null, Buyer.Token)).Json.GetProperty("subcarts").GetArrayLength().ShouldBe(0);

        var sale = Host.Orders.All(Demo).Single();
        (sale.State, sale.ViaZero).ShouldBe(("hub_pending", true));
        var purchase = Host.Orders.All(Buyer).Single();
        purchase.AsBuyer.ShouldBeTrue();
        purchase.Id.ShouldNotBe(sale.Id);
        (await GetAsync("ct0_box_items", Buyer.Token)).Json[0].GetProperty("quantity").GetProperty("pending").GetInt32().ShouldBe(2);
        Host.CheckInvariants().ShouldBeEmpty();
    }

    [Fact]
    public async Task Purchase_Direct_IsOneOrderSeenFromBothSides()
    {
        await AddAsync(1, zero: false);
        await PostAsync("cart/purchase", null, Buyer.Token);
        var sale = Host.Orders.All(Demo).Single();

        Host.Orders.Ship(sale);

        Host.Orders.Find(Buyer, sale.Id)!.State.ShouldBe("sent");
        (await GetAsync($"orders/{sale.Id}", Buyer.Token)).Json.GetProperty("order_as").GetString().ShouldBe("buyer");
        (await PutAsync($"orders/{sale.Id}/ship", token: Buyer.Token)).Status.ShouldBe(422);
    }

    [Fact]
    public async Task Purchase_EmptyCart_HasErrorsAsAnObject()
    {
        var answer = await PostAsync("cart/purchase", null, Buyer.Token);

        answer.Status.ShouldBe(422);
        answer.Json.GetProperty("errors").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Object);
    }

    [Fact]
    public async Task Cart_ItemThatSoldOut_VanishesSilently()
    {
        await AddAsync(2, zero: true);
        Demo.RemoveProduct(Offer.ProductId);

        (await GetAsync("cart", Buyer.Token)).Json.GetProperty("subcarts").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Cart_AddAndRemove_CountsUnits()
    {
        await AddAsync(2, zero: true);

        var cart = await PostAsync("cart/remove", new { product_id = Offer.ProductId, quantity = 1 }, Buyer.Token);

        cart.Json.GetProperty("subcarts")[0].GetProperty("cart_items")[0].GetProperty("quantity").GetInt32().ShouldBe(1);
        (await PostAsync("cart/add", new { product_id = Offer.ProductId, quantity = 100_000 }, Buyer.Token)).Status.ShouldBe(422);
        (await PostAsync("cart/add", new { product_id = 3, quantity = 1 }, Buyer.Token)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task ShippingMethods_OfASeller_HaveCosts()
    {
        var methods = (await GetAsync("shipping_methods?username=demo", Buyer.Token)).Json;

        methods[1].GetProperty("tracking_link").GetString()!.ShouldContain("{code}");
        methods[0].GetProperty("shipping_method_costs")[0].GetProperty("price").GetProperty("cents").GetInt32().ShouldBePositive();
        (await GetAsync("shipping_methods", Buyer.Token)).Status.ShouldBe(422);
    }

    private async Task AddAsync(int quantity, bool zero)
    {
        var body = new { product_id = Offer.ProductId, quantity, via_cardtrader_zero = zero };
        (await PostAsync("cart/add", body, Buyer.Token)).Status.ShouldBe(200);
    }
}
