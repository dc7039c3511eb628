namespace BrxSync.Sync.Abstractions.Records;

/// <summary>Kinds of work that the engine leaves for later.</summary>
internal enum WorkKind
{
    /// <summary>A full sync.</summary>
    Sync,

    /// <summary>Orders to fetch and products to read again.</summary>
    Reread,

    /// <summary>Looking for orders whose webhooks were missed.</summary>
    Orders,

    /// <summary>A full compare with a drift report.</summary>
    Reconcile,

    /// <summary>Sending local changes to CardTrader.</summary>
    Push,

    /// <summary>Handing entries of the journal to the feeds.</summary>
    Feed,
}
