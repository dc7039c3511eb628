using System.Runtime.CompilerServices;
using System.Text;
using BrxSync.Client;
using BrxSync.Client.Errors;
using BrxSync.Client.Imports;
using BrxSync.Client.Inventory;
using BrxSync.Client.Jobs;
using BrxSync.Client.Marketplace;
using BrxSync.Client.Orders;
using BrxSync.Client.Wishlists;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

// Calls the API through the published client and prints what came back, one line a call. Arguments: base address, token.
var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("BaseAddress", args[0]), new("UserAgent", "AotSmoke/1.0")])
    .Build();
var services = new ServiceCollection();
services.AddCardTraderClient(configuration);
await using var provider = services.BuildServiceProvider();
var account = provider.GetRequiredService<ICardTraderClient>().ForToken(new CardTraderToken(args[1]));

Console.WriteLine($"dynamic code: {RuntimeFeature.IsDynamicCodeCompiled}");
Console.WriteLine($"info: {(await account.Account.GetInfoAsync()).UserId}");
Console.WriteLine($"games: {(await account.Catalog.ListGamesAsync()).Count}");
Console.WriteLine($"expansions: {(await account.Catalog.ListExpansionsAsync()).Count}");
var expansions = await account.Catalog.ListOwnExpansionsAsync();
Console.WriteLine($"own expansions: {expansions.Count}");
Console.WriteLine($"categories: {(await account.Catalog.ListCategoriesAsync()).Sum(category => category.Properties.Count)}");
Console.WriteLine($"blueprints: {await account.Catalog.StreamBlueprintsAsync(expansions[0].Id).CountAsync()}");
Console.WriteLine($"without expansion: {await account.Catalog.StreamBlueprintsWithoutExpansionAsync().CountAsync()}");
var products = await account.Inventory.StreamExportAsync().ToListAsync();
Console.WriteLine($"products: {products.Count}");
var one = products[0];
var filter = new ProductExportFilter { BlueprintId = one.BlueprintId };
Console.WriteLine($"of one blueprint: {await account.Inventory.StreamExportAsync(filter).AnyAsync(product => product.Id == one.Id)}");
var created = await account.Inventory.CreateAsync(
    new NewProduct { BlueprintId = one.BlueprintId, PriceCents = 125, Quantity = 2, UserDataField = "smoke" });
Console.WriteLine($"created: {created.Product?.Price}");
Console.WriteLine($"incremented: {(await account.Inventory.IncrementAsync(created.Product!.Id, 3)).Product?.Id == created.Product.Id}");
var run = BulkRun.Update([new ProductChange { Id = created.Product.Id, PriceCents = 250 }]);
Console.WriteLine($"bulk: {(await account.Jobs.RunAsync(run))[0].Outcome}");
Console.WriteLine($"found: {(await account.Inventory.FindAsync(created.Product.Id))?.Price}");
await account.Inventory.UploadImageAsync(created.Product.Id, new Uri("https://example.org/card.jpg"));
await account.Inventory.DeleteImageAsync(created.Product.Id);
Console.WriteLine($"deleted: {(await account.Inventory.DeleteAsync(created.Product.Id)).WasGone}");
Console.WriteLine($"deleted again: {(await account.Inventory.DeleteAsync(created.Product.Id)).WasGone}");
Console.WriteLine($"orders: {await account.Orders.StreamAsync().CountAsync()}");
Console.WriteLine($"orders of a day: {(await account.Orders.ListAsync(new OrderFilter { From = new DateOnly(2026, 1, 31) })).Count}");
Console.WriteLine($"no order: {await account.Orders.FindAsync(new OrderId(987654321)) is null}");
Console.WriteLine($"box: {(await account.Orders.ListCt0BoxItemsAsync()).Count}");
var offers = await account.Marketplace.ListOffersAsync(new MarketplaceQuery { BlueprintId = one.BlueprintId });
Console.WriteLine($"offers: {offers.ByBlueprint.Count}");
Console.WriteLine($"cart: {(await account.Marketplace.GetCartAsync()).Subcarts.Count}");
var wishlist = await account.Wishlists.CreateAsync(
    new NewWishlist { Name = "smoke", GameId = new GameId(1), Items = [new WishlistItem { Quantity = 1, BlueprintId = one.BlueprintId }] });
Console.WriteLine($"wishlist: {(await account.Wishlists.GetAsync(wishlist.Id)).Name}");
Console.WriteLine($"wishlists: {await account.Wishlists.StreamAsync().CountAsync()}");
await account.Wishlists.DeleteAsync(wishlist.Id);
var import = await account.Imports.StartAsync(new CsvImport
{
    GameId = new GameId(1),
    Mode = CsvImportMode.AddToStock,
    Columns = ["blueprint_id", "quantity", "price"],
    Open = () => new MemoryStream(Encoding.UTF8.GetBytes($"{one.BlueprintId},1,2.50\n")),
});
Console.WriteLine($"import: {(await account.Imports.GetAsync(import.Id)).Id == import.Id}");
Console.WriteLine($"webhooks: {(await account.Account.SetWebhookUrlAsync(new Uri("https://example.org/hook"))).WebhookUrl}");
try
{
    await account.Inventory.CreateAsync(new NewProduct { BlueprintId = new BlueprintId(987654321), PriceCents = 1, Quantity = 1 });
}
catch (CardTraderException exception)
{
    Console.WriteLine($"refused: {exception.GetType().Name} {(int?)exception.StatusCode}");
}
