namespace BrxSync.Sync.Stock.Items;

/// <summary>
/// The fields of a product that are written as absolute values. The quantity is none of them, on purpose: an absolute quantity would
/// undo a sale that happened a second ago, so a quantity is only ever changed by a difference.
/// </summary>
[Flags]
internal enum ItemFields
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

    /// <summary>How many copies are held back, or are to be. It is never sent; the journal tells of it.</summary>
    HeldBack = 128,
}
