using System.Globalization;
using BrxSync.Client.Serialization;

namespace BrxSync.Client;

/// <summary>Identifies one product of a seller's stock.</summary>
/// <param name="Value">The number CardTrader gave it; always positive.</param>
public readonly record struct ProductId(long Value) : IEntityId<ProductId>
{
    static ProductId IEntityId<ProductId>.From(long value) => new(value);

    /// <summary>Returns the number as text, without any formatting of a culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
