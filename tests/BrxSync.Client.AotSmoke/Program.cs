using System.Runtime.CompilerServices;
using BrxSync.Client;
using BrxSync.Client.Inventory;
using BrxSync.Client.Jobs;
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
Console.WriteLine($"orders: {await account.Orders.StreamAsync().CountAsync()}");
Console.WriteLine($"wishlists: {await account.Wishlists.StreamAsync().CountAsync()}");
