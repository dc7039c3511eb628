namespace BrxSync.Sync;

/// <summary>How far the replay or discarding of many dead letters has come.</summary>
public sealed record DeadLetterProgress
{
    /// <summary>Gets how many were settled.</summary>
    public long Settled { get; init; }

    /// <summary>Gets how many were left open because a later change or operation made them useless: discard them.</summary>
    public long Superseded { get; init; }

    /// <summary>Gets how many were left open because this version knows no way to do their work again.</summary>
    public long NotReplayable { get; init; }

    /// <summary>Gets how many somebody else settled meanwhile.</summary>
    public long SettledElsewhere { get; init; }

    /// <summary>Gets how many letters were looked at.</summary>
    public long Seen => Settled + Superseded + NotReplayable + SettledElsewhere;

    /// <summary>Gets where to go on when it was cancelled or failed: behind the last letter that was looked at.</summary>
    /// <value>Null at the end.</value>
    public string? Cursor { get; init; }
}
