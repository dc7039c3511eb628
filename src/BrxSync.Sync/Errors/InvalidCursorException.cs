namespace BrxSync.Sync;

/// <summary>The cursor of a list is damaged, or belongs to another list.</summary>
public sealed class InvalidCursorException : BrxSyncException
{
    /// <summary>Creates the exception without a message of its own.</summary>
    public InvalidCursorException()
        : base("The cursor is not one of this list.", null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wrong, and what to do.</param>
    public InvalidCursorException(string message)
        : base(message, null)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">What was wrong, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidCursorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
