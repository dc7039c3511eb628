using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>What an account's row says about its whole stock.</summary>
/// <param name="BooksStart">When our books begin.</param>
/// <param name="Snapshot">The window of the last snapshot that was applied.</param>
/// <param name="WithheldTo">The end of the last snapshot that was withheld, if none was applied since.</param>
/// <param name="OrdersKnownUntil">All orders up to this instant are known.</param>
/// <param name="Snapshots">How many snapshots were applied or withheld.</param>
/// <param name="Seller">The seller's id on CardTrader.</param>
/// <param name="WritesEnabled">Whether changes may be sent.</param>
/// <param name="IsConnected">Whether there is a token to send them with.</param>
/// <param name="SafetyStock">How many copies are held back of items that have no safety stock of their own.</param>
/// <param name="SafetyActor">Who set it.</param>
/// <param name="PushOwner">Whose turn it is to send changes, or was last.</param>
internal sealed record AccountStock(
    DateTimeOffset? BooksStart,
    SnapshotWindow? Snapshot,
    DateTimeOffset? WithheldTo,
    DateTimeOffset? OrdersKnownUntil,
    int Snapshots,
    long? Seller,
    bool WritesEnabled,
    bool IsConnected,
    SafetyStock SafetyStock,
    string? SafetyActor,
    string? PushOwner)
{
    /// <summary>
    /// Gives the last read of an item. A snapshot does not touch the rows that equal it, so an item that was not read on its own since,
    /// and whose window is older, was confirmed by the account's snapshot. One that was withheld confirmed some of them too, which ones is
    /// not known: the read was then somewhere between the older window and the end of that snapshot.
    /// </summary>
    /// <param name="quantity">The item's quantity.</param>
    /// <param name="own">The window of the read that last wrote the item; null when none ever did.</param>
    /// <param name="readQuantity">What that read said; null when it is the item's quantity.</param>
    /// <param name="rereadAfter">After how many snapshots it was read on its own; null when a snapshot wrote it.</param>
    public Reading? LastRead(int quantity, SnapshotWindow? own, int? readQuantity, int? rereadAfter)
    {
        if (own is not { } window)
        {
            return null;
        }

        var reading = new Reading(window, readQuantity ?? quantity);
        if (rereadAfter == Snapshots)
        {
            return reading;
        }

        var read = Snapshot is { } snapshot && snapshot.From > window.From ? new Reading(snapshot, quantity) : reading;
        return WithheldTo is { } to && to > read.Window.To ? read with { Window = new SnapshotWindow(read.Window.From, to) } : read;
    }
}
