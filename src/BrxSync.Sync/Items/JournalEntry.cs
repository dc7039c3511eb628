namespace BrxSync.Sync;

/// <summary>One change of a quantity. Replaying an account's entries gives the quantities of its linked rows.</summary>
/// <param name="ExternalStockId">The CardTrader product.</param>
/// <param name="Cause">Why, one of <see cref="JournalCauses"/>.</param>
/// <param name="SourceId">The operation or delivery that caused it.</param>
/// <param name="Before">The quantity before.</param>
/// <param name="After">The quantity after.</param>
/// <param name="RecordedAt">When it was written.</param>
public sealed record JournalEntry(
    string ExternalStockId, string Cause, string SourceId, int Before, int After, DateTimeOffset RecordedAt);
