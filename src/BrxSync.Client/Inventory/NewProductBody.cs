using System.Text.Json;
using BrxSync.Client.Http;

namespace BrxSync.Client.Inventory;

/// <summary>A product to offer, as it is sent.</summary>
internal sealed class NewProductBody(NewProduct product) : IRequestBody
{
    public void Write(Utf8JsonWriter writer) => ProductRequest.Write(writer, product);
}
