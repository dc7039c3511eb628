namespace BrxSync.Sync;

/// <summary>What an item's last read says about its product.</summary>
public enum ItemStatus
{
    /// <summary>The product is on sale, or it was when it was last read.</summary>
    Active,

    /// <summary>The product is at zero, which is why CardTrader no longer lists it.</summary>
    SoldOut,

    /// <summary>A complete snapshot lacked the product although copies should have been there.</summary>
    Missing,
}
