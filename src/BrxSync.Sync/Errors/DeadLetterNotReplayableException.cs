namespace BrxSync.Sync;

/// <summary>This version knows no way to do the work of a dead letter again; nothing was changed.</summary>
public sealed class DeadLetterNotReplayableException : BrxSyncException
{
    /// <summary>Creates the exception without a message of its own.</summary>
    public DeadLetterNotReplayableException()
        : base("The dead letter cannot be replayed.", null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wrong, and what to do.</param>
    public DeadLetterNotReplayableException(string message)
        : base(message, null)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">What was wrong, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public DeadLetterNotReplayableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
