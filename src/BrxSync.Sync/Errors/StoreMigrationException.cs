namespace BrxSync.Sync;

/// <summary>The database cannot be brought to the schema that this version needs; the service must not start.</summary>
public sealed class StoreMigrationException : BrxSyncException
{
    /// <summary>Creates the exception.</summary>
    public StoreMigrationException()
        : base(null, null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    public StoreMigrationException(string message)
        : base(message, null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    /// <param name="innerException">The database's own error.</param>
    public StoreMigrationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
