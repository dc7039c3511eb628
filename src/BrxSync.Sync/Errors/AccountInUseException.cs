namespace BrxSync.Sync;

/// <summary>The CardTrader account of a token is linked to another account already; nothing was stored.</summary>
public sealed class AccountInUseException : BrxSyncException
{
    /// <summary>Creates the exception.</summary>
    public AccountInUseException()
        : base(null, null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is in use, and what to do.</param>
    public AccountInUseException(string message)
        : base(message, null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is in use, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public AccountInUseException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
