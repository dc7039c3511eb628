using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BrxSync.Simulator.Http;
using BrxSync.Simulator.Orders;

namespace BrxSync.Simulator.Webhooks;

/// <summary>Writes and signs the body of a webhook.</summary>
internal static class WebhookEnvelope
{
    public static byte[] Write(
        Guid id,
        DateTimeOffset time,
        string cause,
        string objectClass,
        long objectId,
        WebhookBehavior behavior,
        Action<Utf8JsonWriter>? data)
    {
        var body = new ArrayBufferWriter<byte>(2_048);
        using (var json = new Utf8JsonWriter(body, JsonAnswer.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteNumber("time", time.ToUnixTimeSeconds());
            json.WriteString("cause", cause);
            json.WriteString("object_class", objectClass);
            json.WriteNumber("object_id", objectId);
            json.WriteString("mode", behavior.Mode);
            if (data is not null)
            {
                json.WritePropertyName("data");
                data(json);
            }
            else
            {
                WriteNoData(json, behavior.DestroyData);
            }

            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    public static byte[] Write(
        Guid id, DateTimeOffset time, string cause, SimulatedOrder order, WebhookBehavior behavior, OrderBehavior orders) =>
        Write(id, time, cause, "Order", order.Id, behavior, cause == WebhookCauses.Destroy ? null : json => OrderJson.Write(
            json, order, orders, behavior.Detail));

    /// <summary>Signs the raw bytes. The key is the text of the secret, not the bytes its hexadecimal digits stand for.</summary>
    public static string Sign(string sharedSecret, ReadOnlySpan<byte> body) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(sharedSecret), body));

    private static void WriteNoData(Utf8JsonWriter json, DestroyData form)
    {
        switch (form)
        {
            case DestroyData.EmptyObject:
                json.WriteStartObject("data");
                json.WriteEndObject();
                break;
            case DestroyData.Null:
                json.WriteNull("data");
                break;
            case DestroyData.EmptyText:
                json.WriteString("data", "");
                break;
            default:
                break;
        }
    }
}
