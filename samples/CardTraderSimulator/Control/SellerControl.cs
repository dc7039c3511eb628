using BrxSync.Simulator.Catalog;

namespace BrxSync.Simulator.Control;

/// <summary>Accounts: their true stock, and edits as the seller makes them on the website.</summary>
internal static class SellerControl
{
    public static void Map(ControlRoutes routes, Marketplace marketplace)
    {
        routes.Get("/sellers", _ => marketplace.Sellers.Select(Describe));
        routes.Get("/sellers/{name}", call => Describe(Find(marketplace, call)));
        routes.Put("/sellers/{name}", call => Change(Find(marketplace, call), call));
        routes.Get("/sellers/{name}/stock", call => Stock(Find(marketplace, call), call));
        routes.Get("/sellers/{name}/movements", call => Find(marketplace, call).GetMovements());
        routes.Post("/sellers/{name}/products", call => Add(Find(marketplace, call), call));
        routes.Put("/sellers/{name}/products/{id:long}", call => Edit(Find(marketplace, call), call));
        routes.Delete("/sellers/{name}/products/{id:long}", call =>
        {
            Find(marketplace, call).RemoveProduct(Id(call));
            return null;
        });
        routes.Post("/sellers/{name}/change", call => Find(marketplace, call).ChangeProducts(
            (int)(call.Number("changed") ?? 0),
            (int)(call.Number("added") ?? 0),
            (int)(call.Number("removed") ?? 0),
            (int)(call.Number("seed") ?? 1)));
    }

    public static SimulatedSeller Find(Marketplace marketplace, ControlCall call) => Find(marketplace, call.Route("name"));

    public static SimulatedSeller Find(Marketplace marketplace, string? name) =>
        marketplace.FindByName(name ?? "") ?? throw new KeyNotFoundException($"There is no seller {name}.");

    public static object Describe(SimulatedSeller seller) => new
    {
        seller.Name,
        seller.UserId,
        seller.Token,
        seller.SharedSecret,
        seller.Currency,
        seller.WebhookUrl,
        seller.AppDisabled,
        seller.OnVacation,
        Products = seller.ProductCount,
    };

    private static object Change(SimulatedSeller seller, ControlCall call)
    {
        if (call.Text("webhook_url") is { } url)
        {
            seller.WebhookUrl = url.Length == 0 ? null : new Uri(url, UriKind.Absolute);
        }

        seller.AppDisabled = call.Flag("app_disabled") ?? seller.AppDisabled;
        seller.OnVacation = call.Flag("on_vacation") ?? seller.OnVacation;
        if (call.Text("token") is { Length: > 0 } token)
        {
            seller.Token = token;
        }

        if (call.Text("export_body_base64") is { } body)
        {
            seller.ExportBody = body.Length == 0 ? default(ReadOnlyMemory<byte>?) : Convert.FromBase64String(body);
        }

        return Describe(seller);
    }

    private static object Stock(SimulatedSeller seller, ControlCall call)
    {
        var levels = seller.GetStock(call.QueryTime("as_of"));
        return call.QueryNumber("blueprint_id") is { } blueprint ? levels.Where(level => level.BlueprintId == blueprint) : levels;
    }

    private static object Add(SimulatedSeller seller, ControlCall call)
    {
        var properties = call.Body.TryGetProperty("properties", out var given) ? PropertyBag.Read(given) : PropertyBag.Empty;
        var product = seller.AddProduct(
            call.Required("blueprint_id"),
            (int)call.Required("quantity"),
            (int)call.Required("price_cents"),
            properties,
            call.Text("user_data_field"));
        return new { product.Id, product.Quantity };
    }

    private static object? Edit(SimulatedSeller seller, ControlCall call)
    {
        seller.Edit(Id(call), product => product with
        {
            Quantity = (int)(call.Number("quantity") ?? product.Quantity),
            PriceCents = (int)(call.Number("price_cents") ?? product.PriceCents),
            Description = call.Text("description") ?? product.Description,
            UserDataField = call.Text("user_data_field") ?? product.UserDataField,
            Tag = call.Text("tag") ?? product.Tag,
        });
        return null;
    }

    private static long Id(ControlCall call) => long.Parse(call.Route("id"), System.Globalization.CultureInfo.InvariantCulture);
}
