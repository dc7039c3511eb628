using System.Globalization;
using System.Text.Json;

namespace BrxSync.Simulator.Orders;

/// <summary>Invented addresses in the two shapes that were recorded.</summary>
internal static class AddressJson
{
    public static void WriteShipping(Utf8JsonWriter json, string name, long number)
    {
        json.WriteStartObject(name);
        json.WriteNumber("id", 9_500_000 + (number % 1_000));
        json.WriteNumber("user_id", 9_600_000 + (number % 1_000));
        WriteLines(json, number);
        json.WriteString("phone", string.Create(CultureInfo.InvariantCulture, $"+39{number % 1_000:D10}"));
        json.WriteString("latitude", "0.0");
        json.WriteString("longitude", "0.0");
        json.WriteBoolean("default_billing_address", false);
        json.WriteBoolean("default_shipping_address", true);
        json.WriteBoolean("keep_original", false);
        json.WriteString("created_at", "2026-01-01T00:00:00.000Z");
        json.WriteString("updated_at", "2026-01-01T00:00:00.000Z");
        json.WriteEndObject();
    }

    public static void WriteBilling(Utf8JsonWriter json, string name, long number)
    {
        json.WriteStartObject(name);
        WriteLines(json, number);
        json.WriteString("country", "Italy");
        json.WriteEndObject();
    }

    private static void WriteLines(Utf8JsonWriter json, long number)
    {
        var place = number % 1_000;
        json.WriteString("name", string.Create(CultureInfo.InvariantCulture, $"Invented Buyer {place}"));
        json.WriteString("street", string.Create(CultureInfo.InvariantCulture, $"Example Street {place}"));
        json.WriteString("zip", string.Create(CultureInfo.InvariantCulture, $"{10_000 + place}"));
        json.WriteString("city", "Sampletown");
        json.WriteString("state_or_province", "XX");
        json.WriteString("country_code", "IT");
        json.WriteNull("note");
    }
}
