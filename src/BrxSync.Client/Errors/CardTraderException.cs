using System.Net;

namespace BrxSync.Client.Errors;

/// <summary>A call to CardTrader failed. The message says what happened and what to do about it.</summary>
/// <remarks>More telling failures have types of their own that derive from this one.</remarks>
public class CardTraderException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="details">What is known about the call.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public CardTraderException(string message, CardTraderErrorDetails details, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentNullException.ThrowIfNull(details);
        Details = details;
    }

    /// <summary>Gets everything known about the call in one value.</summary>
    public CardTraderErrorDetails Details { get; }

    /// <inheritdoc cref="CardTraderErrorDetails.Operation"/>
    public string Operation => Details.Operation;

    /// <inheritdoc cref="CardTraderErrorDetails.StatusCode"/>
    public HttpStatusCode? StatusCode => Details.StatusCode;

    /// <inheritdoc cref="CardTraderErrorDetails.ErrorCode"/>
    public string? ErrorCode => Details.ErrorCode;

    /// <inheritdoc cref="CardTraderErrorDetails.RequestId"/>
    public string? RequestId => Details.RequestId;

    /// <inheritdoc cref="CardTraderErrorDetails.IsTransient"/>
    public bool IsTransient => Details.IsTransient;

    /// <inheritdoc cref="CardTraderErrorDetails.IsOutcomeUnknown"/>
    public bool IsOutcomeUnknown => Details.IsOutcomeUnknown;

    /// <inheritdoc cref="CardTraderErrorDetails.Errors"/>
    public IReadOnlyList<CardTraderFault> Errors => Details.Errors;
}
