namespace BrxSync.Sync;

/// <summary>What a change asks of CardTrader.</summary>
public enum StockChangeKind
{
    /// <summary>To add copies, or take some.</summary>
    Adjust,

    /// <summary>To set fields.</summary>
    SetFields,

    /// <summary>To take the product off sale.</summary>
    Delete,

    /// <summary>To put a new product on sale.</summary>
    Create,
}
