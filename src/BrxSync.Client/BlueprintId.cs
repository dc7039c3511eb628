using System.Globalization;
using BrxSync.Client.Serialization;

namespace BrxSync.Client;

/// <summary>Identifies one blueprint, what a product is an instance of.</summary>
/// <param name="Value">The number CardTrader gave it; always positive.</param>
public readonly record struct BlueprintId(long Value) : IEntityId<BlueprintId>
{
    static BlueprintId IEntityId<BlueprintId>.From(long value) => new(value);

    /// <summary>Returns the number as text, without any formatting of a culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
