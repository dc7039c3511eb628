namespace BrxSync.Sync;

/// <summary>Another run took the account over while this one was paused; nothing of this run was written.</summary>
public sealed class SyncFencedException : BrxSyncException
{
    /// <summary>Creates the exception.</summary>
    public SyncFencedException()
        : base("Another run took this account over; this run changed nothing.", null, isTransient: true)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    public SyncFencedException(string message)
        : base(message, null, isTransient: true)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The cause.</param>
    public SyncFencedException(string message, Exception innerException)
        : base(message, innerException, isTransient: true)
    {
    }
}
