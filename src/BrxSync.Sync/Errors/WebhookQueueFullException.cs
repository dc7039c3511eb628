namespace BrxSync.Sync;

/// <summary>
/// Thrown when more webhook deliveries of one account wait than are allowed. Nothing was stored: let the sender try again.
/// </summary>
public sealed class WebhookQueueFullException : BrxSyncException
{
    /// <summary>Creates the exception.</summary>
    public WebhookQueueFullException()
        : base("Too many webhook deliveries of this account are waiting. Nothing was stored; try again later.", null, isTransient: true)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wrong.</param>
    public WebhookQueueFullException(string message)
        : base(message, null, isTransient: true)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">What was wrong.</param>
    /// <param name="innerException">The cause.</param>
    public WebhookQueueFullException(string message, Exception innerException)
        : base(message, innerException, isTransient: true)
    {
    }
}
