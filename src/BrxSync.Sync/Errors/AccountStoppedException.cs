namespace BrxSync.Sync;

/// <summary>CardTrader refused the account's token: no call is made until it has a new one.</summary>
public sealed class AccountStoppedException : BrxSyncException
{
    /// <summary>Creates the exception.</summary>
    public AccountStoppedException()
        : base(null, null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why, and what to do.</param>
    public AccountStoppedException(string message)
        : base(message, null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public AccountStoppedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal override bool BarsAccount => true;
}
