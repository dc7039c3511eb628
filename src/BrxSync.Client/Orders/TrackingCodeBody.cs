using System.Text.Json;
using BrxSync.Client.Http;

namespace BrxSync.Client.Orders;

/// <summary>The tracking code of a shipment.</summary>
internal sealed class TrackingCodeBody(string code) : IRequestBody
{
    public void Write(Utf8JsonWriter writer) => writer.WriteString("tracking_code", code);
}
