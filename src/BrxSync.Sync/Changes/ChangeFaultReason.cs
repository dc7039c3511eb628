namespace BrxSync.Sync;

/// <summary>Kinds of faults of changes.</summary>
public enum ChangeFaultReason
{
    /// <summary>The account has no item of this id.</summary>
    UnknownItem,

    /// <summary>The item is not linked to a product of CardTrader, which this needs.</summary>
    NotLinked,

    /// <summary>More copies are taken than there are.</summary>
    NotEnough,

    /// <summary>A number is out of range.</summary>
    OutOfRange,

    /// <summary>A text, or the properties together, are too long.</summary>
    TooLong,

    /// <summary>A property has a value that cannot be one.</summary>
    InvalidProperty,

    /// <summary>The item has been changed since the version that was expected.</summary>
    StaleVersion,

    /// <summary>Two fields contradict each other, or none is set.</summary>
    Contradiction,
}
