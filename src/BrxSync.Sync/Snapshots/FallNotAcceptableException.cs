namespace BrxSync.Sync.Snapshots;

/// <summary>There is no fall to accept, or not the one that was meant; nothing was stored.</summary>
public sealed class FallNotAcceptableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public FallNotAcceptableException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why nothing can be accepted, and what to do.</param>
    public FallNotAcceptableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why nothing can be accepted, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public FallNotAcceptableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
