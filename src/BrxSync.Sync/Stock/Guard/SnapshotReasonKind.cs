namespace BrxSync.Sync.Stock.Guard;

/// <summary>What the guard found in a snapshot.</summary>
internal enum SnapshotReasonKind
{
    /// <summary>The body as a whole cannot be trusted. Refuses.</summary>
    Body,

    /// <summary>A row belongs to another seller. Refuses.</summary>
    ForeignSeller,

    /// <summary>Rows that cannot be read, or hold a value no stock can have. Withholds.</summary>
    BadRows,

    /// <summary>Rows that share an id and differ. Withholds.</summary>
    ConflictingRows,

    /// <summary>Prices in more than one currency. Withholds.</summary>
    SecondCurrency,

    /// <summary>All prices in one currency that is another than the account's. Withholds, until that is confirmed.</summary>
    NewCurrency,

    /// <summary>Too many products are gone at once. Withholds, until it is confirmed.</summary>
    Fall,
}
