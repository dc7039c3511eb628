using System.Text;
using BrxSync.Client.Catalog;
using BrxSync.Client.Errors;
using BrxSync.Client.Imports;
using BrxSync.Client.Inventory;
using BrxSync.Client.Jobs;
using BrxSync.Client.Marketplace;
using BrxSync.Client.Orders;
using BrxSync.Client.RateLimiting;
using BrxSync.Client.Webhooks;
using BrxSync.Client.Wishlists;

namespace BrxSync.Client.Tests.Examples;

/// <summary>The examples of the client's reference, one for each area.</summary>
internal static class AreaExamples
{
    public static async Task<string> AccountAsync(ICardTraderAccount seller)
    {
        // example: account
        try
        {
            var app = await seller.Account.GetInfoAsync();
            return $"Connected to {app.Name}; the seller is {app.UserId}.";
        }
        catch (CardTraderAuthenticationException)
        {
            return "The token is not valid any more. Please paste the current one.";
        }
        // end
    }

    public static async Task<List<Blueprint>> CatalogAsync(ICardTraderAccount seller)
    {
        // example: catalog
        var blueprints = new List<Blueprint>();
        foreach (var expansion in await seller.Catalog.ListOwnExpansionsAsync())
        {
            try
            {
                await foreach (var blueprint in seller.Catalog.StreamBlueprintsAsync(expansion.Id))
                {
                    blueprints.Add(blueprint);
                }
            }
            catch (CardTraderException exception) when (exception.IsTransient)
            {
                // "Data is not ready" and the like: go on with the others, try this one later.
            }
        }
        // end

        return blueprints;
    }

    public static async Task<(int Read, List<string> Faults)> ExportAsync(ICardTraderAccount seller)
    {
        // example: export
        var read = 0;
        var faults = new List<string>();
        await using var export = await seller.Inventory.OpenExportAsync();
        await foreach (var row in export.ReadRowsAsync())
        {
            if (row.Product is { } product)
            {
                read += product.Quantity > 0 ? 1 : 0;
            }
            else
            {
                faults.Add($"Row {row.Index}, byte {row.ByteOffset}: {row.Fault}");
            }
        }

        // Only here is the export known to be complete: until now nothing may be deleted because it was missing.
        // end
        return (read, faults);
    }

    public static async Task<Product?> WriteAsync(ICardTraderAccount seller, Blueprint blueprint)
    {
        // example: write
        var selection = PropertySelection.For(blueprint.EditableProperties, new Dictionary<string, PropertyValue>
        {
            ["condition"] = "NM",
            ["mtg_language"] = "en",
            ["mtg_foil"] = false,
        });
        var created = await seller.Inventory.CreateAsync(new NewProduct
        {
            BlueprintId = blueprint.Id,
            PriceCents = 125,
            Quantity = 4,
            UserDataField = "shelf-12",
            Properties = selection.Accepted,
        });

        // Sales made elsewhere go out as differences: an absolute quantity would undo a sale made at CardTrader meanwhile.
        var changed = await seller.Inventory.IncrementAsync(created.Product!.Id, -1);
        // end
        return changed.Product;
    }

    public static async Task<IReadOnlyList<BulkItemResult>> BulkAsync(ICardTraderAccount seller, IReadOnlyList<ProductChange> changes)
    {
        // example: bulk
        var run = BulkRun.Update(changes);
        var results = await seller.Jobs.RunAsync(run);
        foreach (var result in results.Where(result => result.Outcome == BulkOutcome.Error))
        {
            Console.WriteLine($"{changes[result.Index].Id}: {string.Join("; ", result.Errors)}");
        }
        // end

        return results;
    }

    public static async Task<ImportStatus> ImportAsync(ICardTraderAccount seller)
    {
        // example: import
        var csv = "name,expansion_code,quantity,price,condition\nMind Rot,m20,3,0.25,Near Mint\n";
        var receipt = await seller.Imports.StartAsync(new CsvImport
        {
            GameId = new GameId(1),
            Mode = CsvImportMode.AddToStock,
            Columns = ["name", "expansion_code", "quantity", "price", "condition"],
            Open = () => new MemoryStream(Encoding.UTF8.GetBytes(csv)),
        });
        var status = await seller.Imports.GetAsync(receipt.Id);
        // end
        return status;
    }

    public static async Task<int> OrdersAsync(ICardTraderAccount seller, OrderId lastSeen)
    {
        // example: orders
        var copies = 0;
        await foreach (var order in seller.Orders.StreamNewAsync(lastSeen))
        {
            if (order.State == OrderState.Paid || order.State == OrderState.HubPending)
            {
                copies += order.Items?.Sum(item => item.Quantity) ?? 0;
            }
        }
        // end

        return copies;
    }

    public static async Task<Wishlist> WishlistAsync(ICardTraderAccount buyer)
    {
        // example: wishlist
        var wishlist = await buyer.Wishlists.CreateAsync(
            new NewWishlist { Name = "Cube", GameId = new GameId(1), TextDeck = "1 Mind Rot" });
        await foreach (var other in buyer.Wishlists.StreamAsync(new GameId(1)))
        {
            Console.WriteLine($"{other.Id}: {other.Name}");
        }
        // end

        return wishlist;
    }

    public static async Task<Money?> MarketplaceAsync(ICardTraderClient client, CardTraderToken token, BlueprintId blueprint)
    {
        // example: marketplace
        // Somebody waits for this answer: it goes before the bulk work of the same token.
        var seller = client.ForToken(token, RateLimitPriority.High);
        var offers = await seller.Marketplace.ListOffersAsync(new MarketplaceQuery { BlueprintId = blueprint });
        var cheapest = offers.ByBlueprint.GetValueOrDefault(blueprint)?.Min(offer => offer.Price?.Cents);
        // end
        return cheapest is { } cents ? new Money(cents, "EUR") : null;
    }

    public static string Webhook(ReadOnlyMemory<byte> body, string? signature, string secret)
    {
        // example: webhook
        // The bytes as they arrived: parsing and writing them again breaks the signature.
        if (WebhookSignature.Verify(body.Span, signature, secret) != WebhookVerdict.Valid)
        {
            return "refused";
        }

        if (!WebhookParser.TryParse(body, out var webhook, out var fault))
        {
            return fault;
        }

        return webhook switch
        {
            { IsLive: false } => "a test",
            OrderWebhookEvent order => $"{order.Kind} of order {order.OrderId}",
            _ => $"noted: {webhook.Cause}",
        };
        // end
    }
}
