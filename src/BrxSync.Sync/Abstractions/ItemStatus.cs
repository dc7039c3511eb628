namespace BrxSync.Sync.Abstractions;

/// <summary>Tells what is known of a linked product.</summary>
public enum ItemStatus
{
    /// <summary>The product was in the last snapshot, or is local only.</summary>
    Active,

    /// <summary>A read found no such product for sale: its quantity is 0.</summary>
    SoldOut,

    /// <summary>A complete snapshot lacked the product; from the second one in a row on it is out of view.</summary>
    Missing,
}
