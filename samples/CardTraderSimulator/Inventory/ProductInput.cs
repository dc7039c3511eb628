using System.Text.Json;
using BrxSync.Simulator.Catalog;
using BrxSync.Simulator.Http;

namespace BrxSync.Simulator.Inventory;

/// <summary>
/// The fields of a product as a seller sent them, checked against the blueprint. In strict mode a wrong property is an error; without it,
/// a wrong value silently becomes the default and a property the blueprint does not offer is dropped, each with a warning.
/// </summary>
internal sealed class ProductInput
{
    private readonly JsonElement body;
    private readonly WriteOutcome outcome;

    public ProductInput(JsonElement body, WriteOutcome outcome)
    {
        this.body = body;
        this.outcome = outcome;
        Strict = RequestBody.Text(body, "error_mode") == "strict";
    }

    public bool Strict { get; }

    public bool Has(string name) => body.TryGetProperty(name, out _);

    /// <summary>Reads the price in minor units: a number above zero, rounded to two decimals.</summary>
    public int? PriceCents()
    {
        if (!body.TryGetProperty("price", out var price))
        {
            return null;
        }

        if (price.ValueKind != JsonValueKind.Number || !price.TryGetDecimal(out var value))
        {
            outcome.Errors.Add("price", "is not a number");
            return null;
        }

        var cents = Math.Round(value * 100, MidpointRounding.AwayFromZero);
        if (cents is < 1 or > 100_000_000)
        {
            outcome.Errors.Add("price", "must be greater than 0");
            return null;
        }

        return (int)cents;
    }

    /// <summary>Reads the quantity: a whole number not below <paramref name="least"/>.</summary>
    public int? Quantity(int least)
    {
        if (!body.TryGetProperty("quantity", out _))
        {
            return null;
        }

        if (!RequestBody.TryInt(body, "quantity", out var quantity))
        {
            outcome.Errors.Add("quantity", "is not a number");
            return null;
        }

        if (quantity < least || quantity > 1_000_000)
        {
            outcome.Errors.Add("quantity", $"must be greater than or equal to {least}");
            return null;
        }

        return (int)quantity;
    }

    /// <summary>Reads a text that may be null; what was not sent stays as it is.</summary>
    public string? TextOr(string name, string? unchanged) => body.TryGetProperty(name, out var value) switch
    {
        true when value.ValueKind == JsonValueKind.String => value.GetString(),
        true when value.ValueKind == JsonValueKind.Null => null,
        _ => unchanged,
    };

    public string GradedOr(string unchanged) => body.TryGetProperty("graded", out var value) switch
    {
        true when value.ValueKind == JsonValueKind.True => "true",
        true when value.ValueKind == JsonValueKind.False => "false",
        _ => unchanged,
    };

    /// <summary>Reads the properties that may be set; <paramref name="current"/> holds those of the product so far.</summary>
    public PropertyBag Properties(SimulatedBlueprint blueprint, PropertyBag current)
    {
        if (!body.TryGetProperty("properties", out var sent) || sent.ValueKind != JsonValueKind.Object)
        {
            return current;
        }

        foreach (var property in sent.EnumerateObject())
        {
            var definition = blueprint.EditableProperties.FirstOrDefault(known => known.Name == property.Name);
            if (definition is null)
            {
                Object(property.Name, "is not a property of this product", "value was ignored");
            }
            else if (PropertyValue.TryRead(property.Value, out var value) && definition.Allows(value))
            {
                current = current.With(property.Name, value);
            }
            else
            {
                Object(property.Name, "is not included in the list", $"value was replaced by {definition.DefaultValue}");
                current = definition.Default is { } standard ? current.With(property.Name, standard) : current;
            }
        }

        return current;
    }

    private void Object(string property, string error, string warning)
    {
        if (Strict)
        {
            outcome.Errors.AddProperty(property, error);
        }
        else
        {
            outcome.Warnings.AddProperty(property, warning);
        }
    }
}
