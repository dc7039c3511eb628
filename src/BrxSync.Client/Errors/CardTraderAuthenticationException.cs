namespace BrxSync.Client.Errors;

/// <summary>CardTrader refused the token: it is wrong, was replaced by a newer one, or the API application was switched off.</summary>
/// <remarks>
/// Raised for status 401 and 403 with an error code. Without one they come from something in front of CardTrader, say nothing about the
/// token and are a transient <see cref="CardTraderException"/>. Stop calling for this seller until the token changes.
/// </remarks>
public sealed class CardTraderAuthenticationException : CardTraderException
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="details">What is known about the call.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public CardTraderAuthenticationException(string message, CardTraderErrorDetails details, Exception? innerException = null)
        : base(message, details, innerException)
    {
    }
}
