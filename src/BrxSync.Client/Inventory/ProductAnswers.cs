using System.Runtime.InteropServices;
using System.Text.Json;
using BrxSync.Client.Errors;
using BrxSync.Client.Inventory.Exports;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Inventory;

/// <summary>Reads the answers of calls about one product.</summary>
internal static class ProductAnswers
{
    /// <exception cref="JsonException">The value is not an object.</exception>
    public static ProductWriteResult ReadWriteResult(JsonElement element)
    {
        var answer = new TolerantObject(element, "product answer");
        string? fault = null;
        Product? product = null;
        if (answer.FindValue("resource") is { } resource)
        {
            product = Read(resource, out fault);
            if (fault is null)
            {
                answer.Drop("resource");
            }
            else
            {
                answer.Blame("resource", fault);
            }
        }

        return new ProductWriteResult
        {
            Result = answer.Text("result"),
            Warnings = answer.Complaints("warnings"),
            Product = product,
            ProductFault = fault,
            ExtensionData = answer.Rest,
            Faults = answer.Faults,
        };
    }

    /// <summary>Reads a product that may be wrapped in <c>resource</c>; what lies beside it there is kept like keys of its own.</summary>
    /// <exception cref="JsonException">It is not a product.</exception>
    public static Product ReadProduct(JsonElement element)
    {
        var answer = new TolerantObject(element, "product");
        var isWrapped = answer.Peek("resource").ValueKind == JsonValueKind.Object;
        var product = Read(isWrapped ? answer.Peek("resource") : element, out var fault) ?? throw new JsonException("product: " + fault);
        if (!isWrapped)
        {
            return product;
        }

        answer.Drop("resource");
        if (answer.Rest is not { } beside)
        {
            return product;
        }

        var kept = new Dictionary<string, JsonElement>(product.ExtensionData ?? beside, StringComparer.Ordinal);
        foreach (var (key, value) in beside)
        {
            if (!kept.TryAdd(key, value) && product.ExtensionData is not null)
            {
                answer.Blame(key, "It appears beside the product, too.");
            }
        }

        return product with { ExtensionData = kept, Faults = [.. product.Faults, .. answer.Faults] };
    }

    /// <summary>Reads the answer to a picture that was uploaded.</summary>
    /// <exception cref="JsonException">The value is not an object.</exception>
    public static ProductImage ReadImage(JsonElement element) => ProductImages.Read(element);

    private static Product? Read(JsonElement element, out string? fault)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            fault = TolerantElement.Unlike(element, "an object");
            return null;
        }

        var json = JsonMarshal.GetRawUtf8Value(element);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return new ProductParser().TryParse(ref reader, json, out var product, out fault) ? product : null;
    }
}
