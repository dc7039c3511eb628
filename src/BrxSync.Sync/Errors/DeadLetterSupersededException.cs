namespace BrxSync.Sync;

/// <summary>
/// What the dead letter is about was changed or done since, so that to replay it would bring back what is old; nothing was changed.
/// Discard it.
/// </summary>
public sealed class DeadLetterSupersededException : BrxSyncException
{
    /// <summary>Creates the exception without a message of its own.</summary>
    public DeadLetterSupersededException()
        : base("What the dead letter is about was changed or done since.", null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wrong, and what to do.</param>
    public DeadLetterSupersededException(string message)
        : base(message, null)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">What was wrong, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public DeadLetterSupersededException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the id of the later change or operation.</summary>
    public string? SupersededBy { get; init; }
}
