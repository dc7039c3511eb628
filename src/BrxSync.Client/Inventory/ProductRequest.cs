using System.Text.Json;
using BrxSync.Client.Errors;
using BrxSync.Client.Http;

namespace BrxSync.Client.Inventory;

/// <summary>Checks products before they are sent, and writes them.</summary>
internal static class ProductRequest
{
    // The same words for all calls: "price_cents" names the member, CardTrader's key is "price".
    public static void Check(NewProduct product, string path, List<CardTraderFault> faults)
    {
        CheckId(product.BlueprintId.Value, path + "blueprint_id", faults);
        CheckPrice(product.PriceCents, path, faults);
        CheckQuantity(product.Quantity, path, faults);
        CheckProperties(product.Properties, path, faults);
    }

    public static void Check(ProductChange change, string path, List<CardTraderFault> faults)
    {
        CheckId(change.Id.Value, path + "id", faults);
        if (change is
            {
                Quantity: null, PriceCents: null, Description: null, UserDataField: null, Tag: null, Graded: null,
                Properties: null or { Count: 0 },
            })
        {
            faults.Add(new CardTraderFault(path.TrimEnd('.'), "Nothing is to be changed."));
        }

        if (change.PriceCents is { } cents)
        {
            CheckPrice(cents, path, faults);
        }

        if (change.Quantity is { } quantity)
        {
            CheckQuantity(quantity, path, faults);
        }

        CheckProperties(change.Properties, path, faults);
    }

    public static void CheckId(long id, string path, List<CardTraderFault> faults)
    {
        if (id <= 0)
        {
            faults.Add(new CardTraderFault(path, $"{id} is not an id; ids are positive."));
        }
    }

    public static void Write(Utf8JsonWriter writer, NewProduct product)
    {
        writer.WriteNumber("blueprint_id", product.BlueprintId.Value);
        writer.WriteCents("price", product.PriceCents);
        writer.WriteNumber("quantity", product.Quantity);
        WriteRest(writer, product.Description, product.UserDataField, product.Tag, product.Graded, product.Properties);
        writer.WriteString("error_mode", "strict");
    }

    public static void Write(Utf8JsonWriter writer, ProductChange change)
    {
        writer.WriteOptional("quantity", change.Quantity);
        if (change.PriceCents is { } cents)
        {
            writer.WriteCents("price", cents);
        }

        WriteRest(writer, change.Description, change.UserDataField, change.Tag, change.Graded, change.Properties);
        if (change.Properties is { Count: > 0 })
        {
            writer.WriteString("error_mode", "strict");
        }
    }

    private static void WriteRest(
        Utf8JsonWriter writer,
        string? description,
        string? userDataField,
        string? tag,
        bool? graded,
        IReadOnlyDictionary<string, PropertyValue>? properties)
    {
        writer.WriteOptional("description", description);
        writer.WriteOptional("user_data_field", userDataField);
        writer.WriteOptional("tag", tag);
        writer.WriteOptional("graded", graded);
        if (properties is { Count: > 0 })
        {
            writer.WriteStartObject("properties");
            foreach (var (name, value) in properties)
            {
                value.Write(writer, name);
            }

            writer.WriteEndObject();
        }
    }

    private static void CheckPrice(long cents, string path, List<CardTraderFault> faults)
    {
        if (cents < 1)
        {
            faults.Add(new CardTraderFault(path + "price_cents", $"{cents} is not a price; the lowest is 1."));
        }
    }

    private static void CheckQuantity(int quantity, string path, List<CardTraderFault> faults)
    {
        if (quantity < 1)
        {
            faults.Add(new CardTraderFault(path + "quantity", $"{quantity} units cannot be offered; the least is 1."));
        }
    }

    private static void CheckProperties(IReadOnlyDictionary<string, PropertyValue>? properties, string path, List<CardTraderFault> faults)
    {
        foreach (var (name, value) in properties ?? new Dictionary<string, PropertyValue>(StringComparer.Ordinal))
        {
            if (name == "graded")
            {
                faults.Add(new CardTraderFault(path + "properties.graded", "It is not a property: set Graded."));
            }
            else if (string.IsNullOrWhiteSpace(name) || value.ToString().Length == 0)
            {
                faults.Add(new CardTraderFault(path + "properties." + name, "A property needs a name and a value."));
            }
        }
    }
}
