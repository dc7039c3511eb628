using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Sync.Stock.Items;

/// <summary>Whether an item's product is still at the marketplace, as far as the reads tell.</summary>
/// <param name="Status">What the last read said.</param>
/// <param name="MissingCount">
/// How many complete snapshots in a row lacked the product, up to those that remove it; 0 unless missing.
/// </param>
/// <param name="MissingSince">The start of the window of the first of them; null unless missing.</param>
internal readonly record struct Presence(ItemStatus Status, int MissingCount, DateTimeOffset? MissingSince)
{
    /// <summary>How many complete snapshots in a row must lack a product before its item leaves the view.</summary>
    public const int SnapshotsUntilRemoved = 2;

    /// <summary>On sale.</summary>
    public static Presence OnSale => new(ItemStatus.Active, 0, null);

    /// <summary>At zero, and rightly absent.</summary>
    public static Presence SoldOut => new(ItemStatus.SoldOut, 0, null);

    /// <summary>True when the item is no longer shown to the seller. Its row and its link stay, should the product come back.</summary>
    public bool IsRemoved => Status == ItemStatus.Missing && MissingCount >= SnapshotsUntilRemoved;

    /// <summary>Taken off sale on our side: out of view until a read holds it again.</summary>
    public static Presence Removed(DateTimeOffset at) => new(ItemStatus.Missing, SnapshotsUntilRemoved, at);

    /// <summary>The product was in a read, with this many copies left for us.</summary>
    public static Presence Seen(int quantity) => quantity > 0 ? OnSale : SoldOut;

    /// <summary>The quantity changed on our side. A product that was missing stays so until a read holds it.</summary>
    public Presence At(int quantity) => Status == ItemStatus.Missing ? this : Seen(quantity);

    /// <summary>
    /// The product was not in a complete, verified snapshot. An item already at zero is sold out and no surprise; any other becomes
    /// missing, and leaves the view with the second snapshot in a row.
    /// </summary>
    /// <param name="quantity">The item's quantity before the snapshot.</param>
    /// <param name="window">The window of the snapshot.</param>
    /// <param name="heldBack">How many copies are held back. With some, the item is here whatever becomes of its product.</param>
    public Presence AbsentFromSnapshot(int quantity, SnapshotWindow window, int heldBack = 0) => Status switch
    {
        _ when heldBack > 0 => SoldOut,
        ItemStatus.Missing => this with { MissingCount = Math.Min(MissingCount + 1, SnapshotsUntilRemoved) },
        _ when quantity == 0 => SoldOut,
        _ => new Presence(ItemStatus.Missing, 1, window.From),
    };
}
