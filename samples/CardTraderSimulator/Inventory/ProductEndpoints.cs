using System.Globalization;
using System.Text.Json;
using BrxSync.Simulator.Http;
using BrxSync.Simulator.Stock;

namespace BrxSync.Simulator.Inventory;

/// <summary>Writes of single products.</summary>
internal static class ProductEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Post("/products", CreateAsync);
        routes.Get("/products/{id:long}", GetAsync);
        routes.Put("/products/{id:long}", UpdateAsync);
        routes.Delete("/products/{id:long}", DeleteAsync);
        routes.Post("/products/{id:long}/increment", IncrementAsync);
    }

    internal static long Id(ApiCall call) => long.Parse((string)call.Context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);

    private static async Task CreateAsync(ApiCall call)
    {
        var body = await RequestBody.ReadJsonAsync(call).ConfigureAwait(false);
        await AnswerAsync(call, ProductWriter.Create(call.Marketplace, call.Seller, body, "POST /products")).ConfigureAwait(false);
    }

    private static async Task UpdateAsync(ApiCall call)
    {
        var body = await RequestBody.ReadJsonAsync(call).ConfigureAwait(false);
        await AnswerAsync(call, ProductWriter.Update(call.Marketplace, call.Seller, Id(call), body, "PUT /products")).ConfigureAwait(false);
    }

    private static Task DeleteAsync(ApiCall call) =>
        AnswerAsync(call, ProductWriter.Delete(call.Seller, Id(call), "DELETE /products"), warningsAsList: true);

    private static async Task IncrementAsync(ApiCall call)
    {
        var body = await RequestBody.ReadJsonAsync(call).ConfigureAwait(false);
        await AnswerAsync(call, ProductWriter.Increment(call.Seller, Id(call), body, "POST /products/increment")).ConfigureAwait(false);
    }

    /// <summary>Undocumented.</summary>
    private static Task GetAsync(ApiCall call) => call.Seller.Stock.Find(Id(call)) is { } product
        ? call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("resource");
            ProductJson.WriteResource(json, product, call.Marketplace.Catalog.ExpansionOf(product.BlueprintId));
            json.WriteEndObject();
        })
        : ErrorAnswer.NotFoundAsync(call.Context, "Product not found");

    private static Task AnswerAsync(ApiCall call, WriteOutcome outcome, bool warningsAsList = false)
    {
        if (outcome.NotFound)
        {
            return ErrorAnswer.NotFoundAsync(call.Context, "Product not found");
        }

        if (outcome.Missing is { } missing)
        {
            return ErrorAnswer.MissingParameterAsync(call.Context, missing);
        }

        if (outcome.Errors.Any)
        {
            return ErrorAnswer.WriteAsync(
                call.Context,
                StatusCodes.Status422UnprocessableEntity,
                "validation_error",
                "The product is not valid",
                outcome.Errors.WriteTo);
        }

        call.Effect = outcome.Effect;
        return call.AnswerAsync(json => WriteOutcome(json, call, outcome, warningsAsList));
    }

    private static void WriteOutcome(Utf8JsonWriter json, ApiCall call, WriteOutcome outcome, bool warningsAsList)
    {
        json.WriteStartObject();
        json.WriteString("result", outcome.Result);
        json.WritePropertyName("warnings");
        if (warningsAsList)
        {
            json.WriteStartArray();
            json.WriteEndArray();
        }
        else
        {
            outcome.Warnings.WriteTo(json);
        }

        json.WritePropertyName("resource");
        ProductJson.WriteResource(json, outcome.Product!, call.Marketplace.Catalog.ExpansionOf(outcome.Product!.BlueprintId));
        json.WriteEndObject();
    }
}
