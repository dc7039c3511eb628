namespace BrxSync.Sync;

/// <summary>Names the causes of a change of quantity, as stored.</summary>
public static class JournalCauses
{
    /// <summary>A snapshot told another quantity.</summary>
    public const string Snapshot = "snapshot";

    /// <summary>The row was there when an existing database was taken over.</summary>
    public const string Takeover = "takeover";

    /// <summary>A complete snapshot lacked the product.</summary>
    public const string Missing = "missing";

    /// <summary>An order at CardTrader.</summary>
    public const string Sale = "sale";

    /// <summary>An order at CardTrader for more copies than there were; the quantity stopped at 0.</summary>
    public const string Oversell = "oversell";

    /// <summary>A read of some products told another quantity.</summary>
    public const string Reread = "reread";

    /// <summary>An edit on our side.</summary>
    public const string Edit = "edit";

    /// <summary>A sale through another channel than CardTrader.</summary>
    public const string LocalSale = "local_sale";

    /// <summary>A product that is put on sale by us, or the item that it was made of.</summary>
    public const string Listing = "listing";

    /// <summary>An item that is taken off sale by us.</summary>
    public const string Delisting = "delisting";

    /// <summary>The copies of a purchase, taken before it is certain that CardTrader has them.</summary>
    public const string PurchaseReserve = "purchase_reserve";

    /// <summary>The copies of a purchase that did not come about, given back.</summary>
    public const string PurchaseRelease = "purchase_release";

    /// <summary>
    /// Copies that are moved between CardTrader and those held back, as the safety stock asks for. All copies stay as many.
    /// </summary>
    public const string SafetyStock = "safety_stock";
}
