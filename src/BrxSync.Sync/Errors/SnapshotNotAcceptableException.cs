namespace BrxSync.Sync;

/// <summary>There is no fall to accept, or not the one that was meant; nothing was stored.</summary>
public sealed class SnapshotNotAcceptableException : BrxSyncException
{
    /// <summary>Creates the exception.</summary>
    public SnapshotNotAcceptableException()
        : base(null, null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why nothing can be accepted, and what to do.</param>
    public SnapshotNotAcceptableException(string message)
        : base(message, null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why nothing can be accepted, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public SnapshotNotAcceptableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
