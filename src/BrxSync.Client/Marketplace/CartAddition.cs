using System.Text.Json;
using BrxSync.Client.Http;
using BrxSync.Client.Orders;

namespace BrxSync.Client.Marketplace;

/// <summary>Something to put into the cart.</summary>
public sealed record CartAddition : IRequestBody
{
    /// <summary>Gets the product.</summary>
    public required ProductId ProductId { get; init; }

    /// <summary>Gets the number of units. At least 1.</summary>
    public required int Quantity { get; init; }

    /// <summary>Gets a value indicating whether it goes over CardTrader Zero.</summary>
    public bool ViaCardTraderZero { get; init; }

    /// <summary>Gets the address on the invoice; the last one sent counts for the whole cart.</summary>
    public OrderAddress? BillingAddress { get; init; }

    /// <summary>Gets where the goods go; the last one sent counts for the whole cart.</summary>
    public OrderAddress? ShippingAddress { get; init; }

    void IRequestBody.Write(Utf8JsonWriter writer)
    {
        writer.WriteNumber("product_id", ProductId.Value);
        writer.WriteNumber("quantity", Quantity);
        writer.WriteBoolean("via_cardtrader_zero", ViaCardTraderZero);
        WriteAddress(writer, "billing_address", BillingAddress);
        WriteAddress(writer, "shipping_address", ShippingAddress);
    }

    private static void WriteAddress(Utf8JsonWriter writer, string name, OrderAddress? address)
    {
        if (address is null)
        {
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteOptional("name", address.Name);
        writer.WriteOptional("street", address.Street);
        writer.WriteOptional("zip", address.Zip);
        writer.WriteOptional("city", address.City);
        writer.WriteOptional("state_or_province", address.StateOrProvince);
        writer.WriteOptional("country_code", address.CountryCode);
        writer.WriteOptional("note", address.Note);
        writer.WriteEndObject();
    }
}
