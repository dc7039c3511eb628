namespace BrxSync.Simulator.Stock;

/// <summary>Why a quantity changed.</summary>
public enum StockCause
{
    /// <summary>A buyer ordered.</summary>
    Sale,

    /// <summary>A cancelled order put its copies back on sale.</summary>
    Relist,

    /// <summary>The seller edited the stock on the website, which here means by the host's or the control interface.</summary>
    Edit,

    /// <summary>A call of the marketplace's API changed it, alone or in a job.</summary>
    Api,

    /// <summary>A CSV import changed it.</summary>
    Import,
}
