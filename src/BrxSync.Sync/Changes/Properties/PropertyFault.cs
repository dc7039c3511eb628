namespace BrxSync.Sync.Changes.Properties;

/// <summary>What is wrong with an edit of properties.</summary>
/// <param name="Name">The property; null when it is the edit as a whole.</param>
/// <param name="Text">What is wrong, and what to give instead.</param>
internal sealed record PropertyFault(string? Name, string Text);
