using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using BrxSync.Client.Orders;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Webhooks;

/// <summary>Reads the bodies of webhooks. Check the signature first: see <see cref="WebhookSignature"/>.</summary>
public static class WebhookParser
{
    private const string OrderClass = "Order";
    private const string OrderCausePrefix = "order.";
    private const int DeepestNesting = 64;

    private static readonly long LeastTime = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long MostTime = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Reads a delivery. Unknown causes, modes, kinds and keys are values, not faults.</summary>
    /// <param name="body">The raw bytes of the body; a UTF-8 byte order mark is accepted.</param>
    /// <param name="webhook">The event.</param>
    /// <param name="fault">What keeps the body from being a delivery.</param>
    /// <returns><see langword="false"/> when it is none: no JSON object, or without id, time or cause.</returns>
    public static bool TryParse(
        ReadOnlyMemory<byte> body, [NotNullWhen(true)] out WebhookEvent? webhook, [NotNullWhen(false)] out string? fault)
    {
        webhook = null;
        var json = body[BodyStart.MarkLength(body.Span)..];
        if (json.IsEmpty)
        {
            fault = "The body is empty.";
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = DeepestNesting });
            webhook = Read(document.RootElement);
            fault = null;
            return true;
        }
        catch (JsonException exception)
        {
            fault = exception.Message;
            return false;
        }
    }

    private static WebhookEvent Read(JsonElement element)
    {
        var envelope = new TolerantObject(element, "webhook");
        var id = envelope.RequireText("id");
        var time = DateTimeOffset.FromUnixTimeSeconds(envelope.RequireInteger("time", LeastTime, MostTime));
        var cause = envelope.RequireText("cause");
        var objectClass = envelope.Text("object_class") ?? string.Empty;
        var mode = envelope.Text("mode") ?? string.Empty;
        var data = envelope.Peek("data");
        var order = ReadOrder(data, out var orderFault);
        var orderId = TolerantElement.Id<OrderId>(envelope.Peek("object_id")) ?? order?.Id;
        var isOrder = objectClass == OrderClass
            || (objectClass.Length == 0 && cause.StartsWith(OrderCausePrefix, StringComparison.Ordinal));
        if (!isOrder || orderId is null)
        {
            envelope.Drop("data");
            return new UnknownWebhookEvent
            {
                Id = id, Time = time, Cause = cause, ObjectClass = objectClass,
                ObjectId = envelope.Integer("object_id"), Mode = mode,
                Data = IsEmpty(data) ? null : data.Clone(), ExtensionData = envelope.Rest, Faults = envelope.Faults,
            };
        }

        // Names an id that is none, and keeps it.
        envelope.Id<OrderId>("object_id");
        if (order is not null && order.Id != orderId)
        {
            orderFault = $"The delivery is about order {orderId} but holds order {order.Id}.";
            order = null;
        }

        if (orderFault is null)
        {
            envelope.Drop("data");
        }
        else
        {
            envelope.Blame("data", orderFault);
        }

        return new OrderWebhookEvent
        {
            Id = id, Time = time, Cause = cause, ObjectClass = objectClass, ObjectId = orderId.Value.Value, Mode = mode,
            OrderId = orderId.Value,
            Kind = cause switch
            {
                "order.create" => OrderWebhookKind.Created,
                "order.update" => OrderWebhookKind.Updated,
                "order.destroy" => OrderWebhookKind.Destroyed,
                _ => OrderWebhookKind.Other,
            },
            Order = order,
            OrderFault = orderFault,
            ExtensionData = envelope.Rest,
            Faults = envelope.Faults,
        };
    }

    private static Order? ReadOrder(JsonElement data, out string? fault)
    {
        fault = null;
        if (IsEmpty(data))
        {
            return null;
        }

        try
        {
            return OrderReader.Read(data);
        }
        catch (JsonException exception)
        {
            fault = exception.Message;
            return null;
        }
    }

    // Seen on order.destroy: {}, null, "" and no data at all.
    private static bool IsEmpty(JsonElement data) => data.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => true,
        JsonValueKind.String => data.ValueEquals(string.Empty),
        JsonValueKind.Object => !data.EnumerateObject().Any(),
        _ => false,
    };
}
