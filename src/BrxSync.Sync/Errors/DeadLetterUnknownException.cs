namespace BrxSync.Sync;

/// <summary>The account has no dead letter of the id that was given.</summary>
public sealed class DeadLetterUnknownException : BrxSyncException
{
    /// <summary>Creates the exception without a message of its own.</summary>
    public DeadLetterUnknownException()
        : base("The dead letter is unknown.", null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wrong, and what to do.</param>
    public DeadLetterUnknownException(string message)
        : base(message, null)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">What was wrong, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public DeadLetterUnknownException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
