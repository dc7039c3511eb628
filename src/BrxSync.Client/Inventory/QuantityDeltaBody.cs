using System.Text.Json;
using BrxSync.Client.Http;

namespace BrxSync.Client.Inventory;

/// <summary>By how much the quantity of a product changes.</summary>
internal sealed class QuantityDeltaBody(int delta) : IRequestBody
{
    public void Write(Utf8JsonWriter writer) => writer.WriteNumber("delta_quantity", delta);
}
