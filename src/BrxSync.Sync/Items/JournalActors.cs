namespace BrxSync.Sync;

/// <summary>Names who can be behind an entry of the journal, beside the names that callers of local edits give.</summary>
public static class JournalActors
{
    /// <summary>The marketplace: its orders, and what was read of its stock.</summary>
    public const string CardTrader = "cardtrader";

    /// <summary>The host, for a local edit whose caller gave no name.</summary>
    public const string Host = "host";
}
