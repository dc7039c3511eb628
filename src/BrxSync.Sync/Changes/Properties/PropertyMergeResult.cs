using BrxSync.Client.Inventory;

namespace BrxSync.Sync.Changes.Properties;

/// <summary>The properties after an edit.</summary>
internal sealed record PropertyMergeResult
{
    /// <summary>Gets the whole map; the stored one when nothing changes, or when the edit has faults.</summary>
    public required ProductProperties Merged { get; init; }

    /// <summary>Gets the names whose values are other ones than before, or are gone.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>Gets what is wrong with the edit: with any fault nothing of it may be stored.</summary>
    public IReadOnlyList<PropertyFault> Faults { get; init; } = [];
}
