namespace BrxSync.Sync.Stock.Items;

/// <summary>Why a quantity rose or fell.</summary>
internal enum JournalCause
{
    /// <summary>An order at CardTrader.</summary>
    Sale,

    /// <summary>A read of CardTrader's stock.</summary>
    Read,

    /// <summary>A read of CardTrader's stock that lacked the product.</summary>
    Absence,

    /// <summary>A sale or an edit on our side.</summary>
    Edit,

    /// <summary>The copies of a purchase that did not come about.</summary>
    Release,
}
