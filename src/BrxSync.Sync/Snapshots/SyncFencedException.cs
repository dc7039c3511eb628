namespace BrxSync.Sync.Snapshots;

/// <summary>Another run took the account over while this one was paused; nothing of this run was written.</summary>
public sealed class SyncFencedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public SyncFencedException()
        : base("Another run took this account over; this run changed nothing.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    public SyncFencedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cause.</param>
    public SyncFencedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
