using System.Text.Json;
using BrxSync.Client.Http;
using BrxSync.Client.Orders;

namespace BrxSync.Client.Marketplace;

/// <summary>Something to put into the cart, as it is sent.</summary>
internal sealed class CartAdditionBody(CartAddition addition) : IRequestBody
{
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteNumber("product_id", addition.ProductId.Value);
        writer.WriteNumber("quantity", addition.Quantity);
        writer.WriteBoolean("via_cardtrader_zero", addition.ViaCardTraderZero);
        WriteAddress(writer, "billing_address", addition.BillingAddress);
        WriteAddress(writer, "shipping_address", addition.ShippingAddress);
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
