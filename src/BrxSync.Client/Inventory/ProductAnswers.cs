using System.Runtime.InteropServices;
using System.Text.Json;
using BrxSync.Client.Errors;
using BrxSync.Client.Inventory.Exports;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Inventory;

/// <summary>Reads the answers of calls about one product.</summary>
internal static class ProductAnswers
{
    public static ProductWriteResult ReadWriteResult(JsonElement element)
    {
        var answer = TolerantObject.Require(element, "product answer");
        string? fault = null;
        var product = answer.Take("resource") is { ValueKind: JsonValueKind.Object } resource ? Read(resource, out fault) : null;
        return new ProductWriteResult
        {
            Result = answer.Text("result"),
            Warnings = answer.Take("warnings") is { } warnings ? FaultList.Flatten(warnings) : [],
            Product = product,
            ProductFault = fault,
        };
    }

    /// <summary>Reads a product that may be wrapped in <c>resource</c>.</summary>
    /// <exception cref="JsonException">It is not a product.</exception>
    public static Product ReadProduct(JsonElement element)
    {
        var answer = TolerantObject.Require(element, "product");
        var product = Read(answer.Take("resource") is { ValueKind: JsonValueKind.Object } resource ? resource : element, out var fault);
        return product ?? throw new JsonException("product: " + fault);
    }

    public static Product? Read(JsonElement element, out string? fault)
    {
        var json = JsonMarshal.GetRawUtf8Value(element);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return new ProductParser().TryParse(ref reader, json, out var product, out fault) ? product : null;
    }
}
