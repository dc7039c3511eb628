namespace BrxSync.Sync;

/// <summary>The account is unknown, or has no CardTrader token: connect it first.</summary>
public sealed class AccountNotConnectedException : BrxSyncException
{
    /// <summary>Creates the exception.</summary>
    public AccountNotConnectedException()
        : base(null, null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which account, and what to do.</param>
    public AccountNotConnectedException(string message)
        : base(message, null)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which account, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public AccountNotConnectedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal override bool BarsAccount => true;
}
