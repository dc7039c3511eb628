namespace BrxSync.Sync;

/// <summary>How far a feed has come with an account.</summary>
public sealed record StockFeedCursor
{
    /// <summary>Gets the name of the feed.</summary>
    public required string Feed { get; init; }

    /// <summary>Gets the account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>Gets the position of the last entry that the handler is done with.</summary>
    /// <value>0 for none.</value>
    public required long Position { get; init; }

    /// <summary>Gets how many entries of the journal it has not handled yet.</summary>
    public required long Lag { get; init; }

    /// <summary>Gets how often the next entries were handed over in vain.</summary>
    public int Attempts { get; init; }

    /// <summary>Gets when the next attempt is due, or until when somebody handles entries; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Gets when the feed was paused for this account; null when it is not.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Gets why the last attempt was in vain; null after one that was not.</summary>
    public string? LastError { get; init; }

    /// <summary>Gets when the cursor was written last.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
