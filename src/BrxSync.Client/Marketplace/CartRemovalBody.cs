using System.Text.Json;
using BrxSync.Client.Http;

namespace BrxSync.Client.Marketplace;

/// <summary>Something to take out of the cart, as it is sent.</summary>
internal sealed class CartRemovalBody(ProductId product, int quantity) : IRequestBody
{
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteNumber("product_id", product.Value);
        writer.WriteNumber("quantity", quantity);
    }
}
