namespace BrxSync.Sync;

/// <summary>Another sync of the same account is running; wait for it or watch it.</summary>
public sealed class SyncInProgressException : BrxSyncException
{
    /// <summary>Creates the exception.</summary>
    public SyncInProgressException()
        : base(null, null, isTransient: true)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which account is busy.</param>
    public SyncInProgressException(string message)
        : base(message, null, isTransient: true)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which account is busy.</param>
    /// <param name="innerException">The cause.</param>
    public SyncInProgressException(string message, Exception innerException)
        : base(message, innerException, isTransient: true)
    {
    }

    /// <summary>Gets the id of the running operation, or null when it could not be told.</summary>
    public string? OperationId { get; init; }
}
