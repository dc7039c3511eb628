namespace BrxSync.Sync;

/// <summary>What became of a webhook delivery.</summary>
public enum DeliveryOutcome
{
    /// <summary>It changed what counts as sold.</summary>
    Applied,

    /// <summary>It was newer than what was known, and nothing counts differently for it.</summary>
    NothingToDo,

    /// <summary>It tells of an earlier time than what is known, or of the same event again.</summary>
    Outdated,

    /// <summary>It does not say enough: the order is fetched before anything is decided.</summary>
    FetchFirst,

    /// <summary>It is about a purchase of the account, not a sale.</summary>
    Purchase,

    /// <summary>It was sent to test the address.</summary>
    TestMode,

    /// <summary>It tells of something this version does not know.</summary>
    UnknownCause,

    /// <summary>It is stored, and applied as soon as the account's stock is free.</summary>
    Waiting,

    /// <summary>Its id was seen before.</summary>
    Duplicate,
}
