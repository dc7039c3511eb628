using BrxSync.Client;

namespace BrxSync.Sync;

/// <summary>
/// One change of an item, as it was written in the transaction that made it. Replaying an account's entries gives the quantities and
/// the prices of its linked rows.
/// </summary>
public sealed record JournalEntry
{
    /// <summary>Gets the place among the account's entries: from 1, without a gap, in the order of the commits.</summary>
    public required long Position { get; init; }

    /// <summary>Gets the CardTrader product; null for a row of a taken-over database whose link is no id.</summary>
    public required ProductId? ProductId { get; init; }

    /// <summary>Gets why, one of <see cref="JournalCauses"/>.</summary>
    public required string Cause { get; init; }

    /// <summary>Gets the id of the operation, delivery or change that caused it.</summary>
    public required string SourceId { get; init; }

    /// <summary>
    /// Gets who is behind it: <see cref="JournalActors.CardTrader"/>, or the name that the caller of a local edit gave; null for entries
    /// of a version that did not note it.
    /// </summary>
    public string? Actor { get; init; }

    /// <summary>Gets the quantity before.</summary>
    public required int Before { get; init; }

    /// <summary>Gets the quantity after.</summary>
    public required int After { get; init; }

    /// <summary>Gets by how many copies a sale went below zero.</summary>
    /// <value>0 for everything but an oversell.</value>
    public int Oversold { get; init; }

    /// <summary>Gets the price before in cents of the account's currency; null when there was none, or none is known.</summary>
    public int? PriceBefore { get; init; }

    /// <summary>Gets the price after in cents of the account's currency; null when none is known.</summary>
    public int? PriceAfter { get; init; }

    /// <summary>Gets which fields changed; for a new item all that a snapshot tells of.</summary>
    public JournalFields Fields { get; init; }

    /// <summary>Gets when it was written.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
