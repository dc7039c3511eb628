using System.Globalization;
using BrxSync.Client.Serialization;

namespace BrxSync.Client;

/// <summary>Identifies one category of blueprints.</summary>
/// <param name="Value">The number CardTrader gave it; always positive.</param>
public readonly record struct CategoryId(long Value) : IEntityId<CategoryId>
{
    static CategoryId IEntityId<CategoryId>.From(long value) => new(value);

    /// <summary>Returns the number as text, without any formatting of a culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
