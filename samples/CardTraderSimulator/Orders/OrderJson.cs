using System.Globalization;
using System.Text.Json;
using BrxSync.Simulator.Http;
using BrxSync.Simulator.Webhooks;

namespace BrxSync.Simulator.Orders;

/// <summary>The shape of an order, as the account's role and the order's kind make it.</summary>
internal static class OrderJson
{
    private const int ShippingCents = 150;

    public static void Write(Utf8JsonWriter json, SimulatedOrder order, OrderBehavior behavior, OrderDetail detail = OrderDetail.Full)
    {
        json.WriteStartObject();
        json.WriteNumber("id", order.Id);
        json.WriteBoolean("via_cardtrader_zero", order.ViaZero);
        json.WriteString("order_as", order.AsBuyer ? "buyer" : "seller");
        json.WritePropertyName("seller");
        WriteParty(json, order.AsBuyer ? order.Counterpart : OrderParty.Of(order.Account), contact: order.AsBuyer);
        if (!order.AsBuyer)
        {
            json.WritePropertyName("buyer");
            WriteParty(json, order.Counterpart, contact: true);
        }

        json.WritePropertyName("cancel_requester");
        WriteParty(json, order.CancelRequester, contact: false);
        WriteHead(json, order);
        AddressJson.WriteShipping(json, "order_shipping_address", order.Id);
        AddressJson.WriteBilling(json, "order_billing_address", order.Id);
        WriteMoney(json, order);
        WriteShippingMethod(json, order);
        if (!order.AsBuyer)
        {
            json.WriteStartArray("cardtrader_zero_merged_order_ids");
            foreach (var id in order.MergedOrderIds)
            {
                json.WriteNumberValue(id);
            }

            json.WriteEndArray();
        }

        if (detail != OrderDetail.WithoutItems)
        {
            WriteItems(json, order, behavior, detail);
        }

        if (order.ViaZero && !order.AsBuyer)
        {
            AddressJson.WriteBilling(json, "real_buyer_order_billing_address", order.Id);
        }

        json.WriteEndObject();
    }

    public static string Formatted(long cents, string currency) => string.Create(
        CultureInfo.InvariantCulture, $"{(currency == "USD" ? "$" : currency == "GBP" ? "£" : "€")}{cents / 100m:0.00}");

    public static void WriteAmount(Utf8JsonWriter json, string name, long cents, string currency)
    {
        json.WriteStartObject(name);
        json.WriteNumber("cents", cents);
        json.WriteString("currency", currency);
        json.WriteEndObject();
    }

    internal static void WriteParty(Utf8JsonWriter json, OrderParty? party, bool contact)
    {
        if (party is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("id", party.Id);
        json.WriteString("username", party.Username);
        if (contact)
        {
            json.WriteString("email", party.Email);
            json.WriteString("phone", party.Phone);
        }

        json.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter json, SimulatedOrder order, OrderBehavior behavior, OrderDetail detail)
    {
        json.WriteStartArray("order_items");
        foreach (var item in detail == OrderDetail.WithoutLastItem ? order.Items.SkipLast(1) : order.Items)
        {
            OrderItemJson.Write(json, order, item, behavior, withProductId: detail != OrderDetail.WithoutProductIds);
        }

        json.WriteEndArray();
    }

    private static void WriteHead(Utf8JsonWriter json, SimulatedOrder order)
    {
        json.WriteString(
            "code", string.Create(CultureInfo.InvariantCulture, $"{order.CreatedAt.UtcDateTime:yyyyMMdd}{order.Id % 0xFFFFFF:x6}"));
        json.WriteString("transaction_code", string.Create(CultureInfo.InvariantCulture, $"TX{order.Id % 100_000_000:D8}"));
        json.WriteString("state", order.State);
        json.WriteNumber("size", order.Size);
        Timestamps.Write(json, "paid_at", order.PaidAt);
        if (!order.AsBuyer)
        {
            Timestamps.Write(json, "credit_added_to_seller_at", order.CreditedAt);
        }

        Timestamps.Write(json, "sent_at", order.SentAt);
        Timestamps.Write(json, "cancelled_at", order.CancelledAt);
        Timestamps.Write(json, "presale_ended_at", order.PresaleEndedAt);
        json.WriteNumber("packing_number", order.Id % 100);
        if (order.Kind == OrderKind.Presale)
        {
            json.WriteBoolean("presale", true);
        }
        else
        {
            json.WriteNull("presale");
        }
    }

    /// <summary>Totals of a seller are before the fee; at the hub there is no shipping yet, so total and subtotal are equal.</summary>
    private static void WriteMoney(Utf8JsonWriter json, SimulatedOrder order)
    {
        var subtotal = order.SubtotalCents;
        var total = subtotal + (HasShipping(order) ? ShippingCents : 0);
        var role = order.AsBuyer ? "buyer" : "seller";
        WriteAmount(json, role + "_total", total, order.Currency);
        if (!order.AsBuyer)
        {
            var fee = Math.Max(1, subtotal * (order.ViaZero ? 87 : 50) / 1_000);
            WriteAmount(json, "seller_fee_amount", fee, order.Currency);
        }

        WriteAmount(json, role + "_subtotal", subtotal, order.Currency);
        json.WriteString("formatted_subtotal", Formatted(subtotal, order.Currency));
        json.WriteString("formatted_total", Formatted(total, order.Currency));
    }

    private static bool HasShipping(SimulatedOrder order) =>
        order.AsBuyer || !order.ViaZero || (order.RepeatsOtherOrders && order.State != OrderStates.HubPending);

    private static void WriteShippingMethod(Utf8JsonWriter json, SimulatedOrder order)
    {
        if (!HasShipping(order))
        {
            json.WriteNull("order_shipping_method");
            return;
        }

        json.WriteStartObject("order_shipping_method");
        json.WriteNumber("id", 9_700_000 + (order.Id % 1_000));
        json.WriteString("name", "Example Priority Letter");
        json.WriteBoolean("tracked", order.TrackingCode is not null);
        json.WriteString("tracking_code", order.TrackingCode);
        json.WriteNumber("max_estimate_shipping_days", 14);
        // The formatted text may be in another currency than the amounts: never parse it.
        json.WriteString("formatted_price", Formatted(ShippingCents * 116 / 100, "USD"));
        WriteAmount(json, "seller_price", ShippingCents, order.Currency);
        WriteAmount(json, "buyer_price", ShippingCents, order.Currency);
        json.WriteString("formatted_buyer_price", Formatted(ShippingCents, order.Currency));
        json.WriteEndObject();
    }
}
