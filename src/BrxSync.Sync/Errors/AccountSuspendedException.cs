namespace BrxSync.Sync;

/// <summary>The account is suspended: no call is made until it is resumed.</summary>
public sealed class AccountSuspendedException : BrxSyncException
{
    /// <summary>Creates the exception.</summary>
    public AccountSuspendedException()
        : base(null, null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which account, and what to do.</param>
    public AccountSuspendedException(string message)
        : base(message, null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which account, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public AccountSuspendedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal override bool BarsAccount => true;
}
