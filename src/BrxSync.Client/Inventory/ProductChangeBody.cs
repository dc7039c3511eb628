using System.Text.Json;
using BrxSync.Client.Http;

namespace BrxSync.Client.Inventory;

/// <summary>A change of a product, as it is sent.</summary>
internal sealed class ProductChangeBody(ProductChange change) : IRequestBody
{
    public void Write(Utf8JsonWriter writer) => ProductRequest.Write(writer, change);
}
