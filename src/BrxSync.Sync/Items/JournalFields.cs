namespace BrxSync.Sync;

/// <summary>The fields of an item that an entry of the journal can say to have changed. The quantity has its own numbers there.</summary>
[Flags]
public enum JournalFields
{
    /// <summary>No field.</summary>
    None = 0,

    /// <summary>The price.</summary>
    Price = 1,

    /// <summary>The public description.</summary>
    Description = 2,

    /// <summary>Condition, language and the other properties.</summary>
    Properties = 4,

    /// <summary>Whether the card is graded.</summary>
    Graded = 8,

    /// <summary>The private label.</summary>
    Tag = 16,

    /// <summary>The private text of the seller or of the integrator.</summary>
    UserData = 32,

    /// <summary>The blueprint that the item is an instance of.</summary>
    Blueprint = 64,

    /// <summary>How many copies are held back from CardTrader, or the item's own safety stock.</summary>
    HeldBack = 128,
}
