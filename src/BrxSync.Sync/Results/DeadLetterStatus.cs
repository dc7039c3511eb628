namespace BrxSync.Sync;

/// <summary>What became of a dead letter.</summary>
public enum DeadLetterStatus
{
    /// <summary>Nobody has decided about it yet.</summary>
    Open = 0,

    /// <summary>Its work was put back, or was done after all.</summary>
    Replayed,

    /// <summary>Its work was dropped.</summary>
    Discarded,
}
