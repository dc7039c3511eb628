namespace BrxSync.Client.Errors;

/// <summary>CardTrader answered 429 (too many requests) until the retry budget of the call was spent. The call was not executed.</summary>
public sealed class CardTraderRateLimitException : CardTraderException
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="details">What is known about the call.</param>
    /// <param name="retryAfter">How long to wait before the next call.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public CardTraderRateLimitException(
        string message, CardTraderErrorDetails details, TimeSpan retryAfter, Exception? innerException = null)
        : base(message, details, innerException)
    {
        RetryAfter = retryAfter;
    }

    /// <summary>Gets how long to wait before the next call.</summary>
    /// <value>What the answer asked for, within sane limits; otherwise the window of the limit that its text names.</value>
    public TimeSpan RetryAfter { get; }
}
