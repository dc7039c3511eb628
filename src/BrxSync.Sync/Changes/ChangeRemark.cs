namespace BrxSync.Sync;

/// <summary>Something that was changed or left out of a change on its way.</summary>
/// <param name="Field">The field or property.</param>
/// <param name="Message">What became of it, and why.</param>
public sealed record ChangeRemark(string Field, string Message);
