using BrxSync.Client;

namespace BrxSync.Sync;

/// <summary>One change of a quantity. Replaying an account's entries gives the quantities of its linked rows.</summary>
/// <param name="ProductId">The CardTrader product; null for a row of a taken-over database whose link is no id.</param>
/// <param name="Cause">Why, one of <see cref="JournalCauses"/>.</param>
/// <param name="SourceId">The operation or delivery that caused it.</param>
/// <param name="Before">The quantity before.</param>
/// <param name="After">The quantity after.</param>
/// <param name="RecordedAt">When it was written.</param>
public sealed record JournalEntry(
    ProductId? ProductId, string Cause, string SourceId, int Before, int After, DateTimeOffset RecordedAt);
