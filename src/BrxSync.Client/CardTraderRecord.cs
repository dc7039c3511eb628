using System.Text.Json;
using BrxSync.Client.Errors;

namespace BrxSync.Client;

/// <summary>Something CardTrader sent. Nothing of it is lost: what no member of a record holds is kept as it came.</summary>
public abstract record CardTraderRecord
{
    /// <summary>
    /// Gets what no member holds, by its key: keys this version does not know, and known ones that could not be read or say more than
    /// their member can hold.
    /// </summary>
    /// <value><see langword="null"/> when there is none.</value>
    public IReadOnlyDictionary<string, JsonElement>? ExtensionData { get; init; }

    /// <summary>
    /// Gets which known keys could not be read, and why: their members then have no value, which must not be taken for CardTrader's
    /// saying so.
    /// </summary>
    /// <value>Empty when all were read. What was sent is in <see cref="ExtensionData"/>, a part of it under the key of the whole.</value>
    public IReadOnlyList<CardTraderFault> Faults { get; init; } = [];
}
