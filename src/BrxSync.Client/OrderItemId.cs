using System.Globalization;
using BrxSync.Client.Serialization;

namespace BrxSync.Client;

/// <summary>Identifies one single item of an order.</summary>
/// <param name="Value">The number CardTrader gave it; always positive.</param>
public readonly record struct OrderItemId(long Value) : IEntityId<OrderItemId>
{
    static OrderItemId IEntityId<OrderItemId>.From(long value) => new(value);

    /// <summary>Returns the number as text, without any formatting of a culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
