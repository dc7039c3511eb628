using BrxSync.Client;
using BrxSync.Client.Errors;
using BrxSync.Client.Marketplace;
using BrxSync.Client.Orders;
using BrxSync.Contract.Tests.WireMock;

namespace BrxSync.Contract.Tests.Marketplace;

public sealed class MarketplaceContractTests(WireMockFixture server) : ContractTest(server)
{
    private static readonly ProductId Product = new(990100001);

    private bool allowPurchases = true;

    protected override void Configure(CardTraderClientOptions options) => options.AllowPurchases = allowPurchases;

    [Fact]
    [Contract("GET /marketplace/products", "Marketplace/offers")]
    public async Task ListOffersAsync_OfABlueprint_ReadsThem()
    {
        var offers = (await CallAsync(account => account.Marketplace.ListOffersAsync(
            new MarketplaceQuery { BlueprintId = new BlueprintId(58314), Foil = false, Language = "it" })))[new BlueprintId(58314)];

        offers[0].BundleSize.ShouldBe(4);
        offers[0].Price.ShouldBe(new Money(36, "EUR"));
        offers[0].FormattedPrice.ShouldBe("€0.36");
        offers[0].Seller!.UserType.ShouldBe("pro");
        offers[0].Seller!.MaxSellableIn24HoursQuantity.ShouldBeNull();
        offers[0].ExpansionCode.ShouldBe("m20");
        offers[0].ExtensionData.ShouldBeNull();
        offers[1].Price.ShouldBe(new Money(40, "EUR"));
    }

    [Fact]
    [Contract("GET /marketplace/products", "Marketplace/offers-of-expansion")]
    public async Task ListOffersAsync_OfAnExpansion_ReadsThemByBlueprint()
    {
        var offers = await CallAsync(
            account => account.Marketplace.ListOffersAsync(new MarketplaceQuery { ExpansionId = new ExpansionId(979) }));

        offers[new BlueprintId(58315)].ShouldBeEmpty();
        offers.Count.ShouldBe(2);
    }

    [Fact]
    [Contract("GET /shipping_methods", "Marketplace/shipping-methods")]
    public async Task ListShippingMethodsAsync_BlankInTheName_IsSentAsPlus()
    {
        var method = (await CallAsync(account => account.Marketplace.ListShippingMethodsAsync("café & cards"))).Single();

        method.TrackingLink.ShouldBe("https://track.example/{code}");
        method.FreeShippingThresholdPrice.ShouldBe(new Money(5000, "EUR"));
        method.Costs.Single().ToGrams.ShouldBe(100);
    }

    [Fact]
    [Contract("GET /cart", "Marketplace/cart")]
    public async Task GetCartAsync_Always_ReadsIt()
    {
        var cart = await CallAsync(account => account.Marketplace.GetCartAsync());

        cart.Total.ShouldBe(new Money(223, "EUR"));
        cart.Subcarts
            .Single().Items
            .Single()
            .ShouldBe(new CartItem { ProductId = Product, Name = "Mind Rot", Quantity = 2, Price = new Money(36, "EUR") });
    }

    [Fact]
    [Contract("POST /cart/add", "Marketplace/cart-add")]
    public async Task AddToCartAsync_WithAddress_SendsBoth() =>
        await CallAsync(account => account.Marketplace.AddToCartAsync(new CartAddition
        {
            ProductId = Product, Quantity = 2, ViaCardTraderZero = true,
            ShippingAddress =
                new OrderAddress { Name = "N", Street = "S 1", Zip = "00100", City = "Rome", StateOrProvince = "RM", CountryCode = "IT" },
        }));

    [Fact]
    [Contract("POST /cart/remove", "Marketplace/cart-remove")]
    public async Task RemoveFromCartAsync_Always_SendsJson() =>
        (await CallAsync(account => account.Marketplace.RemoveFromCartAsync(Product, 2))).Subcarts.ShouldBeEmpty();

    [Fact]
    [Contract("POST /cart/purchase", "Marketplace/cart-purchase")]
    public async Task PurchaseCartAsync_Allowed_SendsNoBody() => await CallAsync(account => account.Marketplace.PurchaseCartAsync());

    [Fact]
    [Contract("POST /cart/purchase", "Marketplace/cart-purchase-refused")]
    public async Task PurchaseCartAsync_Refused_GivesErrorsOfAnObject()
    {
        var exception = await CallAsync(account => Should.ThrowAsync<CardTraderException>(() => account.Marketplace.PurchaseCartAsync()));

        exception.Errors.ShouldBe([new CardTraderFault("payment_method", "is missing")]);
    }

    [Fact]
    public async Task Purchases_NotAllowed_SendNothing()
    {
        allowPurchases = false;
        AnswerEverything();

        await Should.ThrowAsync<InvalidOperationException>(() => Account.Marketplace.PurchaseCartAsync());
        await Should.ThrowAsync<InvalidOperationException>(() => Account.Marketplace.RemoveFromCartAsync(Product, 1));
        var exception = await Should.ThrowAsync<InvalidOperationException>(
            () => Account.Marketplace.AddToCartAsync(new CartAddition { ProductId = Product, Quantity = 1 }));

        exception.Message.ShouldContain("AllowPurchases");
        Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Calls_WrongRequests_AreNotSent()
    {
        AnswerEverything();

        await Should.ThrowAsync<CardTraderException>(() => Account.Marketplace.ListOffersAsync(new MarketplaceQuery()));
        await Should.ThrowAsync<CardTraderException>(() => Account.Marketplace.ListOffersAsync(
            new MarketplaceQuery { BlueprintId = new BlueprintId(1), ExpansionId = new ExpansionId(1) }));
        await Should.ThrowAsync<CardTraderException>(() => Account.Marketplace.ListShippingMethodsAsync(" "));
        var add = await Should.ThrowAsync<CardTraderException>(
            () => Account.Marketplace.AddToCartAsync(new CartAddition { ProductId = default, Quantity = 0 }));

        add.Errors.Count.ShouldBe(2);
        Received.ShouldBeEmpty();
    }
}
