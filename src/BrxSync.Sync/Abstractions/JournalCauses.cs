namespace BrxSync.Sync.Abstractions;

/// <summary>Names the causes of a change of quantity, as stored.</summary>
public static class JournalCauses
{
    /// <summary>A snapshot told another quantity.</summary>
    public const string Snapshot = "snapshot";

    /// <summary>The row was there when an existing database was taken over.</summary>
    public const string Takeover = "takeover";

    /// <summary>A complete snapshot lacked the product.</summary>
    public const string Missing = "missing";
}
