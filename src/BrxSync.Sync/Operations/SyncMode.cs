namespace BrxSync.Sync;

/// <summary>Names the ways to read an account's whole stock.</summary>
public enum SyncMode
{
    /// <summary>One export of everything: the fastest, and the narrowest view of a stock that is being sold from.</summary>
    Whole,

    /// <summary>
    /// One export per expansion, for sellers whose single export times out. It resumes after a crash, and removes only what neither any
    /// expansion nor a look-up of its blueprint held.
    /// </summary>
    ByExpansion,
}
