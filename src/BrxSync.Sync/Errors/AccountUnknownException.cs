namespace BrxSync.Sync;

/// <summary>Thrown when something concerns an account that the store does not know.</summary>
public sealed class AccountUnknownException : BrxSyncException
{
    /// <summary>Creates the exception without a message of its own.</summary>
    public AccountUnknownException()
        : base("The account is unknown.", null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wrong.</param>
    public AccountUnknownException(string message)
        : base(message, null)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">What was wrong.</param>
    /// <param name="innerException">The cause.</param>
    public AccountUnknownException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception for an account.</summary>
    /// <param name="accountId">The account.</param>
    internal AccountUnknownException(AccountId accountId)
        : base($"Account {accountId} is unknown: connect it with its CardTrader token first.", null)
    {
    }

    internal override bool BarsAccount => true;
}
