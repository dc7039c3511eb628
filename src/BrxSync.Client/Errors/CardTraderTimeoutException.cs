namespace BrxSync.Client.Errors;

/// <summary>No complete answer arrived in time. Unless the call only reads, nobody knows whether CardTrader executed it.</summary>
/// <remarks>
/// Check <see cref="CardTraderException.IsOutcomeUnknown"/> and read the state before repeating a call that is not repeatable.
/// </remarks>
public sealed class CardTraderTimeoutException : CardTraderException
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="details">What is known about the call.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public CardTraderTimeoutException(string message, CardTraderErrorDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
