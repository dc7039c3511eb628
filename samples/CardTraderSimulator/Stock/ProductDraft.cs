using BrxSync.Simulator.Catalog;

namespace BrxSync.Simulator.Stock;

/// <summary>Puts a new product together from its blueprint and what the seller gave.</summary>
internal static class ProductDraft
{
    public static StockProduct Create(
        SimulatedBlueprint blueprint, long id, string currency, int quantity, int priceCents, PropertyBag editable) => new()
    {
        Id = id,
        BlueprintId = blueprint.Id,
        CategoryId = blueprint.CategoryId,
        GameId = blueprint.GameId,
        Name = blueprint.Name,
        Quantity = quantity,
        PriceCents = priceCents,
        Currency = currency,
        Description = "",
        Tag = "",
        Properties = Complete(blueprint, editable),
    };

    /// <summary>Joins the fixed properties with the editable ones, in the blueprint's order; those not given take their default.</summary>
    public static PropertyBag Complete(SimulatedBlueprint blueprint, PropertyBag editable)
    {
        var all = blueprint.FixedProperties.ToList();
        foreach (var definition in blueprint.EditableProperties)
        {
            if ((editable.TryGet(definition.Name, out var given) ? given : definition.Default) is { } value)
            {
                all.Add(KeyValuePair.Create(definition.Name, value));
            }
        }

        return PropertyBag.Of(all);
    }
}
