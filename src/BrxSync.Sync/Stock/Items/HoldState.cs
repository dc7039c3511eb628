namespace BrxSync.Sync.Stock.Items;

/// <summary>Whether an item holds back as many copies as its safety stock asks for.</summary>
internal enum HoldState
{
    /// <summary>It does, as far as is known.</summary>
    Kept,

    /// <summary>It does not, or that is to be looked at: copies are to be moved.</summary>
    Due,

    /// <summary>It does not, and moving copies failed for good: nothing is tried again before an edit or another setting.</summary>
    GivenUp,
}
