namespace BrxSync.Sync.Stock.Changes;

/// <summary>What a read says about the copies of a purchase.</summary>
internal enum ReservationVerdict
{
    /// <summary>They are there: they may be taken.</summary>
    Enough,

    /// <summary>They are not there.</summary>
    NotEnough,

    /// <summary>
    /// Not to be told yet, read again: another change of the product is on its way, or something happened while CardTrader looked.
    /// </summary>
    Wait,
}
