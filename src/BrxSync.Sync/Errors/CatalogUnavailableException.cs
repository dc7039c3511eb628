namespace BrxSync.Sync;

/// <summary>The catalogue could not be asked; the message says why and what to do. A sync that meets it applies nothing.</summary>
public sealed class CatalogUnavailableException : BrxSyncException
{
    /// <summary>Creates the exception.</summary>
    public CatalogUnavailableException()
        : base("The catalogue could not be asked.", null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do.</param>
    public CatalogUnavailableException(string message)
        : base(message, null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public CatalogUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
