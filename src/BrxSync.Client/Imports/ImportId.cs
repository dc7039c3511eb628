using System.Globalization;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Imports;

/// <summary>Identifies one CSV import.</summary>
/// <param name="Value">The number CardTrader gave it; always positive.</param>
public readonly record struct ImportId(long Value) : IEntityId<ImportId>
{
    static ImportId IEntityId<ImportId>.From(long value) => new(value);

    /// <summary>Returns the number as text, without any formatting of a culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
