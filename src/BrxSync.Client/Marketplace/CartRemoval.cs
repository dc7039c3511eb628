using System.Text.Json;
using BrxSync.Client.Http;

namespace BrxSync.Client.Marketplace;

/// <summary>Something to take out of the cart.</summary>
internal sealed class CartRemoval(ProductId product, int quantity) : IRequestBody
{
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteNumber("product_id", product.Value);
        writer.WriteNumber("quantity", quantity);
    }
}
