namespace BrxSync.Sync.Adapters.Redis;

/// <summary>Who decides what a token may send.</summary>
internal enum TokenMode
{
    /// <summary>Redis, for all processes together.</summary>
    Shared = 0,

    /// <summary>Nobody, for a moment: Redis did not answer.</summary>
    Lost,

    /// <summary>This process, within its share.</summary>
    Alone,

    /// <summary>This process, within its share, until all others are back.</summary>
    Returning,
}
