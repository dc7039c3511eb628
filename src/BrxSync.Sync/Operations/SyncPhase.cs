using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync;

/// <summary>Names what a sync is doing.</summary>
public enum SyncPhase
{
    /// <summary>Opens the marketplace's export.</summary>
    Connecting,

    /// <summary>Reads products and stages them.</summary>
    Reading,

    /// <summary>Compares the complete snapshot with the stock.</summary>
    Planning,

    /// <summary>Writes what differs.</summary>
    Applying,

    /// <summary>Has ended.</summary>
    Done,
}
