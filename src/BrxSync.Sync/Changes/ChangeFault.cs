namespace BrxSync.Sync;

/// <summary>What is wrong with a change.</summary>
/// <param name="Reason">The kind of fault.</param>
/// <param name="ItemId">The item; null for a new one.</param>
/// <param name="Field">The field, as the property of the request is called; empty when it is the item as a whole.</param>
/// <param name="Message">What is wrong, with the value given, and what to do.</param>
public sealed record ChangeFault(ChangeFaultReason Reason, long? ItemId, string Field, string Message);
