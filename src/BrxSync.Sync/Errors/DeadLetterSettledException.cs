namespace BrxSync.Sync;

/// <summary>The dead letter was replayed or discarded already; nothing was changed.</summary>
public sealed class DeadLetterSettledException : BrxSyncException
{
    /// <summary>Creates the exception without a message of its own.</summary>
    public DeadLetterSettledException()
        : base("The dead letter is settled already.", null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wrong, and what to do.</param>
    public DeadLetterSettledException(string message)
        : base(message, null)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">What was wrong, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public DeadLetterSettledException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
