namespace BrxSync.Sync;

/// <summary>A page of dead letters, newest first.</summary>
/// <param name="Items">The letters.</param>
/// <param name="NextCursor">Where the next page begins; null when this is the last one.</param>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetter> Items, string? NextCursor);
