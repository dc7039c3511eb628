using BrxSync.Client.Inventory;

namespace BrxSync.Sync.Changes.Properties;

/// <summary>What became of a property that does not go out as it was entered.</summary>
/// <param name="Name">The name as it was entered.</param>
/// <param name="Wanted">The value as it was entered.</param>
/// <param name="SentName">The name that is sent; null when nothing is.</param>
/// <param name="Sent">The value that is sent; null when nothing is.</param>
/// <param name="Kind">What happened to it.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record PropertyNote(
    string Name, PropertyValue Wanted, string? SentName, PropertyValue? Sent, PropertyNoteKind Kind, string Reason);

/// <summary>What happened to a property on its way out.</summary>
internal enum PropertyNoteKind
{
    /// <summary>It is sent under CardTrader's name, or with CardTrader's value.</summary>
    Changed,

    /// <summary>It is not sent, since a product of this blueprint has no such property that a seller may set.</summary>
    Dropped,

    /// <summary>It is not sent, since CardTrader does not take this value.</summary>
    Refused,

    /// <summary>It is not sent, since nobody knows whether it may be: a later attempt may send it.</summary>
    Withheld,
}
