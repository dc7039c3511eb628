namespace BrxSync.Sync.Abstractions.Records;

/// <summary>What the journal says to have changed of an item that a snapshot brings.</summary>
internal static class NewItemFields
{
    /// <summary>All that a snapshot tells of.</summary>
    public const JournalFields All = JournalFields.Price | JournalFields.Description | JournalFields.Properties | JournalFields.Graded
        | JournalFields.UserData | JournalFields.Blueprint;
}
