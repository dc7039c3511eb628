namespace BrxSync.Sync;

/// <summary>
/// What the engine throws when it cannot do what it was asked for. What CardTrader answered comes as a
/// <see cref="BrxSync.Client.Errors.CardTraderException"/>, what a database answered as a <see cref="System.Data.Common.DbException"/>.
/// </summary>
public abstract class BrxSyncException : Exception
{
    private protected BrxSyncException(string? message, Exception? innerException, bool isTransient = false)
        : base(message, innerException) => IsTransient = isTransient;

    /// <summary>Gets whether the same request may succeed later without anybody changing anything.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Gets whether no work can be done for the account until a person changes something about it.</summary>
    internal virtual bool BarsAccount => false;
}
