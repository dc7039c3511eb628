using System.Text;
using BrxSync.Client.Inventory;
using BrxSync.Client.Jobs;
using BrxSync.Client.Webhooks;
using BrxSync.Simulator;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Client.Tests.Examples;

/// <summary>The examples of the reference do what they say, against the simulated marketplace.</summary>
public sealed class AreaExamplesTests : IAsyncLifetime
{
    private CardTraderSimulatorHost _marketplace = null!;
    private ServiceProvider _services = null!;

    private ICardTraderClient Client => _services.GetRequiredService<ICardTraderClient>();

    private CardTraderToken Token => new(_marketplace.Seller().Token);

    private ICardTraderAccount Seller => Client.ForToken(Token);

    public async Task InitializeAsync()
    {
        var options = new CardTraderSimulatorOptions();
        options.Sellers.Add(new SellerOptions { Products = 40 });
        _marketplace = await CardTraderSimulatorHost.StartAsync(options);
        var services = new ServiceCollection();
        services.AddCardTraderClient(client => client.BaseAddress = _marketplace.BaseAddress);
        _services = services.BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _marketplace.DisposeAsync();
    }

    [Fact]
    public async Task Account_GoodAndBadToken_AreToldApart()
    {
        (await AreaExamples.AccountAsync(Seller)).ShouldStartWith("Connected to");
        (await AreaExamples.AccountAsync(Client.ForToken(new CardTraderToken("wrong")))).ShouldStartWith("The token is not valid");
    }

    [Fact]
    public async Task CatalogExportAndWrites_OnTheSimulator_Work()
    {
        var blueprints = await AreaExamples.CatalogAsync(Seller);
        var (read, faults) = await AreaExamples.ExportAsync(Seller);

        blueprints.ShouldNotBeEmpty();
        read.ShouldBe(40);
        faults.ShouldBeEmpty();
        var card = blueprints.First(blueprint => blueprint.EditableProperties.Any(property => property.Name == "mtg_foil"));
        (await AreaExamples.WriteAsync(Seller, card))!.Quantity.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task Bulk_ChangesOfPrices_AreApplied()
    {
        var products = await Seller.Inventory.StreamExportAsync().Take(5).ToListAsync();

        var results = await AreaExamples.BulkAsync(
            Seller, [.. products.Select(product => new ProductChange { Id = product.Id, PriceCents = 777 })]);

        results.ShouldAllBe(result => result.Outcome == BulkOutcome.Ok);
        (await Seller.Inventory.StreamExportAsync().CountAsync(product => product.Price.Cents == 777)).ShouldBe(5);
    }

    [Fact]
    public async Task ImportOrdersAndWishlists_OnTheSimulator_Work()
    {
        (await AreaExamples.ImportAsync(Seller)).Id.Value.ShouldBeGreaterThan(0);
        (await AreaExamples.OrdersAsync(Seller, new OrderId(1))).ShouldBe(0);
        (await AreaExamples.WishlistAsync(Seller)).Name.ShouldBe("Cube");
    }

    [Fact]
    public async Task Marketplace_OffersOfABlueprint_HaveAPrice()
    {
        var blueprint = (await Seller.Inventory.StreamExportAsync().FirstAsync()).BlueprintId;

        (await AreaExamples.MarketplaceAsync(Client, Token, blueprint)).ShouldNotBeNull().Cents.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Webhook_SignedBody_IsUnderstood()
    {
        var body = Encoding.UTF8.GetBytes(
            """{"id":"b1","time":1793610905,"cause":"order.update","object_class":"Order","object_id":980000048,"mode":"live","data":{"id":980000048,"state":"paid","order_items":[]}}""");

        AreaExamples.Webhook(body, WebhookSignature.Compute(body, "secret"), "secret").ShouldContain("980000048");
        AreaExamples.Webhook(body, WebhookSignature.Compute(body, "other"), "secret").ShouldBe("refused");
    }
}
