namespace BrxSync.Sync;

/// <summary>What became of a purchase.</summary>
public enum PurchaseOutcome
{
    /// <summary>The copies are sold, here and at CardTrader.</summary>
    Sold,

    /// <summary>There are fewer copies here. Nothing was asked of CardTrader.</summary>
    NotEnough,

    /// <summary>CardTrader has fewer copies. The stock here is what it has now.</summary>
    NotEnoughAtCardTrader,

    /// <summary>CardTrader does not have the product any more. The stock here is 0 now.</summary>
    Gone,

    /// <summary>The item is not linked to a product of CardTrader. Nothing was done.</summary>
    NotLinked,

    /// <summary>Nothing was sold, for a reason that passes (<see cref="PurchaseResult.Hindrance"/>). The copies were given back.</summary>
    Unavailable,

    /// <summary>
    /// It is under way, or the answer was lost: nobody knows yet whether the copies are sold. They stay reserved; a read decides within
    /// minutes. Follow <see cref="PurchaseResult.ChangeId"/>, or call again with the same reference.
    /// </summary>
    Pending,

    /// <summary>The answer was lost, and no read could tell whether the copies were sold: a person decides about the dead letter.</summary>
    Undecided,
}
