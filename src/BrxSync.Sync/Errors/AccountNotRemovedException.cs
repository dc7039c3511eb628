namespace BrxSync.Sync;

/// <summary>An account that is connected was to be purged; remove it first.</summary>
public sealed class AccountNotRemovedException : BrxSyncException
{
    /// <summary>Creates the exception.</summary>
    public AccountNotRemovedException()
        : base(null, null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which account, and what to do.</param>
    public AccountNotRemovedException(string message)
        : base(message, null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which account, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public AccountNotRemovedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception for an account.</summary>
    /// <param name="accountId">The account.</param>
    internal AccountNotRemovedException(AccountId accountId)
        : base($"Account {accountId} is connected: remove it before all that is kept of it is purged.", null)
    {
    }
}
