namespace BrxSync.Sync.Accounts;

/// <summary>CardTrader refused the account's token: no call is made until it has a new one.</summary>
public sealed class AccountStoppedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public AccountStoppedException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why, and what to do.</param>
    public AccountStoppedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public AccountStoppedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
