using System.Net;
using BrxSync.Client.Http;

namespace BrxSync.Client.Errors;

/// <summary>Says for each kind of failure whether it passes by itself and what the reader of the message should do.</summary>
internal static class ErrorAdvice
{
    public const string OutcomeUnknown =
        "Nobody knows whether CardTrader executed the call: read the state before sending it again.";

    public const string TryLater = "Try again later; CardTrader is overloaded or down.";

    /// <summary>Tells whether the call leaves nothing behind, so that its outcome never matters.</summary>
    public static bool IsReading(OperationClass operationClass) =>
        operationClass is OperationClass.Read or OperationClass.Export or OperationClass.JobPoll;

    public static bool IsTransient(HttpStatusCode status, ErrorBody body) => status switch
    {
        HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout => true,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => body.ErrorCode is null,
        HttpStatusCode.NotFound => IsDataNotReady(body),
        HttpStatusCode.UnprocessableEntity => IsBusy(body),
        >= HttpStatusCode.InternalServerError => true,
        _ => false,
    };

    public static bool IsDataNotReady(ErrorBody body) =>
        body.Message is not null && body.Message.StartsWith("Data is not ready", StringComparison.OrdinalIgnoreCase);

    /// <summary>Tells whether the account's stock is being imported: then nothing is wrong with the request.</summary>
    public static bool IsBusy(ErrorBody body) => body.Errors.Select(static fault => fault.Text).Append(body.Message ?? string.Empty)
        .Any(static text => text.Contains("synchronization is in progress", StringComparison.OrdinalIgnoreCase));

    public static string For(HttpStatusCode status, ErrorBody body, OperationClass operationClass) => status switch
    {
        HttpStatusCode.Unauthorized when body.ErrorCode is null =>
            "This is not CardTrader's way to refuse a token: something in front of it answered, which says nothing about the token. Try again later.",
        HttpStatusCode.Unauthorized =>
            "The token is wrong or was replaced by a newer one. Stop calling for this seller and ask for the current token of the API settings page.",
        HttpStatusCode.Forbidden when body.ErrorCode is not null =>
            "The API application of this seller may not do this or was switched off. Stop calling for this seller until a person looked at it.",
        HttpStatusCode.Forbidden =>
            "Something in front of CardTrader blocked the call; this says nothing about the token. Pause all calls for some minutes and send fewer at once.",
        HttpStatusCode.NotFound when IsDataNotReady(body) =>
            "CardTrader has not prepared this data yet. Keep what you have and try again later.",
        HttpStatusCode.NotFound => "CardTrader does not know the id, or it belongs to another seller.",
        HttpStatusCode.UnprocessableEntity when IsBusy(body) =>
            "The request was refused only because another one is at work on the same stock. Send it again when that has ended.",
        HttpStatusCode.UnprocessableEntity => "Correct the request; sent again unchanged it is refused again.",
        HttpStatusCode.TooManyRequests => "Send fewer requests, and let all processes that use this token share one rate limiter.",
        >= HttpStatusCode.InternalServerError => IsReading(operationClass) ? TryLater : OutcomeUnknown,
        >= HttpStatusCode.BadRequest => "Correct the request; sent again unchanged it is refused again.",
        _ => "This is not a status the API uses: check the base address.",
    };
}
