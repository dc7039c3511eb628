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

    /// <summary>A sale or an edit on our side.</summary>
    public const string Edit = "edit";
}
