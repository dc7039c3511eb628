namespace BrxSync.Sync;

/// <summary>How far the purge of an account has come.</summary>
public sealed record AccountPurgeProgress
{
    /// <summary>Gets the table of the last batch.</summary>
    public required string Table { get; init; }

    /// <summary>Gets how many rows this call has removed so far, of all tables.</summary>
    public required long Rows { get; init; }
}
