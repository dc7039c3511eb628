using System.Globalization;
using System.Text.Json;
using BrxSync.Simulator.Catalog;
using BrxSync.Simulator.Http;
using BrxSync.Simulator.Stock;

namespace BrxSync.Simulator.Inventory;

/// <summary>Creates, updates, raises and deletes products, the same for single calls and for the elements of a job.</summary>
internal static class ProductWriter
{
    public static WriteOutcome Create(
        Marketplace marketplace,
        SimulatedSeller seller,
        JsonElement body,
        string reference,
        StockCause cause = StockCause.Api,
        bool replace = false)
    {
        var outcome = new WriteOutcome();
        var input = new ProductInput(body, outcome);
        outcome.Missing = ((string[])["blueprint_id", "price", "quantity"]).FirstOrDefault(name => !input.Has(name));
        if (outcome.Missing is not null)
        {
            return outcome;
        }

        var blueprint = RequestBody.TryInt(body, "blueprint_id", out var id) ? marketplace.Catalog.FindBlueprint(id) : null;
        if (blueprint is null)
        {
            outcome.Errors.Add("blueprint_id", "is not known");
            return outcome;
        }

        var price = input.PriceCents();
        var quantity = input.Quantity(least: 1);
        var editable = input.Properties(blueprint, PropertyBag.Empty);
        if (outcome.Failed)
        {
            return outcome;
        }

        var draft = ProductDraft.Create(blueprint, marketplace.NextId(), seller.Currency, quantity!.Value, price!.Value, editable) with
        {
            Description = input.TextOr("description", ""),
            UserDataField = input.TextOr("user_data_field", null),
            Tag = input.TextOr("tag", ""),
            GradedJson = input.GradedOr("false"),
        };
        outcome.Product = seller.Stock.AddOrRaise(draft, cause, reference, out var raised, replace);
        outcome.Raised = raised;
        outcome.Effect = Describe(raised ? "raised" : "created", outcome.Product);
        return outcome;
    }

    public static WriteOutcome Update(Marketplace marketplace, SimulatedSeller seller, long id, JsonElement body, string reference)
    {
        var outcome = new WriteOutcome();
        var input = new ProductInput(body, outcome);
        if (seller.Stock.Find(id) is not { } current || marketplace.Catalog.FindBlueprint(current.BlueprintId) is not { } blueprint)
        {
            outcome.NotFound = true;
            return outcome;
        }

        var price = input.PriceCents();
        var quantity = input.Quantity(least: 0);
        input.Properties(blueprint, current.Properties);
        if (outcome.Failed)
        {
            return outcome;
        }

        // The warnings are already noted; a second pass over the product as it is under the lock must not note them again.
        var quiet = new ProductInput(body, new WriteOutcome());
        outcome.Product = seller.Stock.Change(
            id,
            product => product with
            {
                PriceCents = price ?? product.PriceCents,
                Quantity = quantity ?? product.Quantity,
                Properties = quiet.Properties(blueprint, product.Properties),
                Description = input.TextOr("description", product.Description),
                UserDataField = input.TextOr("user_data_field", product.UserDataField),
                Tag = input.TextOr("tag", product.Tag),
                GradedJson = input.GradedOr(product.GradedJson),
            },
            StockCause.Api,
            reference);
        outcome.NotFound = outcome.Product is null;
        outcome.Effect = outcome.Product is { } updated ? Describe("updated", updated) : "";
        return outcome;
    }

    public static WriteOutcome Increment(SimulatedSeller seller, long id, JsonElement body, string reference)
    {
        var outcome = new WriteOutcome();
        if (!RequestBody.TryInt(body, "delta_quantity", out var delta))
        {
            outcome.Missing = "delta_quantity";
            return outcome;
        }

        var step = (int)Math.Clamp(delta, -1_000_000, 1_000_000);
        outcome.Product = seller.Stock.Change(
            id, product => product with { Quantity = Math.Max(0, product.Quantity + step) }, StockCause.Api, reference);
        outcome.NotFound = outcome.Product is null;
        outcome.Effect = outcome.Product is { } changed ? Describe(changed.Quantity == 0 ? "deleted" : "incremented", changed) : "";
        return outcome;
    }

    public static WriteOutcome Delete(SimulatedSeller seller, long id, string reference)
    {
        var outcome = new WriteOutcome
        {
            Product = seller.Stock.Change(id, product => product with { Quantity = 0 }, StockCause.Api, reference),
        };
        outcome.NotFound = outcome.Product is null;
        outcome.Effect = outcome.Product is { } deleted ? Describe("deleted", deleted) : "";
        return outcome;
    }

    private static string Describe(string done, StockProduct product) =>
        string.Create(CultureInfo.InvariantCulture, $"{done} {product.Id}: quantity {product.Quantity}, price {product.PriceCents}");
}
