namespace BrxSync.Sync.Abstractions.Records.Feeds;

/// <summary>How far a feed has come with an account, as it is stored.</summary>
internal sealed record FeedCursor
{
    public required string Name { get; init; }

    /// <summary>The handler has all entries up to this one.</summary>
    public long Position { get; init; }

    /// <summary>Rises with every write. A write names the version that it has seen, else nothing is written.</summary>
    public long Version { get; init; }

    /// <summary>How often the entries after the position were handed over in vain.</summary>
    public int Attempts { get; init; }

    /// <summary>Nobody begins to hand over entries before this instant, by our clock; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Who hands over entries until <see cref="NotBefore"/>; null for nobody.</summary>
    public string? Holder { get; init; }

    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Why the last attempt was in vain.</summary>
    public string? Error { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The position of the account's last entry as the cursor was read; it is not written.</summary>
    public long JournalPosition { get; init; }

    /// <summary>Tells whether entries may be handed over now. A stored time that lies too far ahead is no reason to wait.</summary>
    public bool IsDue(DateTimeOffset now, TimeSpan longestPause) =>
        PausedAt is null && (NotBefore is not { } at || at <= now || at > now + longestPause);
}
