using System.Globalization;
using BrxSync.Client.Serialization;

namespace BrxSync.Client;

/// <summary>Identifies one expansion (a set of a game).</summary>
/// <param name="Value">The number CardTrader gave it; always positive.</param>
public readonly record struct ExpansionId(long Value) : IEntityId<ExpansionId>
{
    static ExpansionId IEntityId<ExpansionId>.From(long value) => new(value);

    /// <summary>Returns the number as text, without any formatting of a culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
