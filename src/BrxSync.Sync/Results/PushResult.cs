namespace BrxSync.Sync;

/// <summary>What a push did.</summary>
public sealed record PushResult
{
    /// <summary>Gets whether another process is at it, so that nothing was done here.</summary>
    public bool IsBusy { get; init; }

    /// <summary>Gets how many changes were sent; those that they carry are not counted.</summary>
    public int Sent { get; init; }

    /// <summary>Gets how many had their effect.</summary>
    public int Done { get; init; }

    /// <summary>Gets how many failed for good.</summary>
    public int Failed { get; init; }

    /// <summary>Gets how many calls were made that change something, and how often jobs were asked for.</summary>
    public int Calls { get; init; }
}
