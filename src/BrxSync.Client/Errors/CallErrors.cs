using System.Globalization;
using System.Net;
using System.Text;
using BrxSync.Client.Http;

namespace BrxSync.Client.Errors;

/// <summary>Makes every error of one call, so that each names the call, says what to do, and never shows the token.</summary>
internal sealed class CallErrors(ApiCall call, CardTraderToken token)
{
    /// <summary>The answer had no success status.</summary>
    public CardTraderException Refused(HttpStatusCode status, ReadOnlySpan<byte> body, TimeSpan retryAfter)
    {
        var error = Scrub(ErrorBody.Read(body));
        var details = new CardTraderErrorDetails
        {
            Operation = call.Name,
            StatusCode = status,
            ErrorCode = error.ErrorCode,
            RequestId = error.RequestId,
            Errors = error.Errors,
            IsTransient = ErrorAdvice.IsTransient(status, error),
            IsOutcomeUnknown = status >= HttpStatusCode.InternalServerError && !ErrorAdvice.IsReading(call.Class),
        };
        var message = Describe(status, error);
        return status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when error.ErrorCode is not null =>
                new CardTraderAuthenticationException(message, details),
            HttpStatusCode.TooManyRequests => new CardTraderRateLimitException(message, details, retryAfter),
            _ => new CardTraderException(message, details),
        };
    }

    /// <summary>No connection could be made, or it broke before an answer came.</summary>
    public CardTraderException Unreachable(HttpRequestException exception, bool mayHaveBeenExecuted)
    {
        var sent = !ConnectionFailure.IsBeforeSending(exception);
        var unknown = mayHaveBeenExecuted && !ErrorAdvice.IsReading(call.Class);
        var what = sent ? "the connection broke before an answer arrived" : "CardTrader cannot be reached";
        return new CardTraderException(
            $"{call.Name} failed: {what} ({exception.HttpRequestError}). {(unknown ? ErrorAdvice.OutcomeUnknown : ErrorAdvice.TryLater)}",
            Details(isTransient: true, unknown),
            exception);
    }

    /// <summary>No answer came within the time limit.</summary>
    public CardTraderTimeoutException TimedOut(TimeSpan limit, Exception exception, bool mayHaveBeenExecuted) =>
        Timeout($"no answer within {Seconds(limit)} s", exception, mayHaveBeenExecuted);

    /// <summary>The body stopped arriving.</summary>
    public CardTraderTimeoutException Stalled(TimeSpan limit, Exception exception) =>
        Timeout($"the answer stopped arriving for {Seconds(limit)} s", exception, mayHaveBeenExecuted: true);

    /// <summary>CardTrader failed so often that calls are not sent for a while.</summary>
    public CardTraderException CircuitOpen(Exception exception, bool mayHaveBeenExecuted) =>
        Withheld("too many calls failed lately, so that none is sent for a while", mayHaveBeenExecuted, exception);

    /// <summary>All calls pause because one was blocked.</summary>
    public CardTraderException Paused(TimeSpan left, bool mayHaveBeenExecuted) =>
        Withheld(
            $"something in front of CardTrader blocked an earlier call, so that none is sent for {Seconds(left)} s",
            mayHaveBeenExecuted,
            null);

    /// <summary>A handler that the host put around the client sent the call again after it had failed.</summary>
    public CardTraderException Repeated(bool mayHaveBeenExecuted) =>
        Withheld("a handler of the host repeated it, which only the client itself may do", mayHaveBeenExecuted, null);

    /// <summary>The caller may not send any more.</summary>
    public CardTraderException NoLongerAllowed(bool mayHaveBeenExecuted) =>
        Withheld("its caller's time to send was over before it could leave", mayHaveBeenExecuted, null);

    /// <summary>The queue of the rate limiter is full.</summary>
    public CardTraderException TooManyWaiting(bool mayHaveBeenExecuted) =>
        Withheld("too many calls of this token wait for the rate limit already", mayHaveBeenExecuted, null);

    /// <summary>The services of the client were disposed before the call could be sent.</summary>
    public CardTraderException HostEnded(Exception? exception, bool mayHaveBeenExecuted) =>
        Withheld("the host of the client has ended", mayHaveBeenExecuted, exception);

    /// <summary>The connection broke while the body arrived.</summary>
    public CardTraderResponseException BodyBroken(Exception exception) =>
        Unusable(ResponseFaultKind.CutShort, [], null, null, null, exception);

    /// <summary>The body of a successful answer cannot be used.</summary>
    public CardTraderResponseException Unusable(
        ResponseFaultKind kind,
        ReadOnlySpan<byte> body,
        long? bytePosition = null,
        long? row = null,
        string? fault = null,
        Exception? exception = null)
    {
        var error = kind is ResponseFaultKind.Html or ResponseFaultKind.UnexpectedShape && !body.IsEmpty
            ? Scrub(ErrorBody.Read(body))
            : null;
        var message = new StringBuilder($"{call.Name} got a body it cannot use: {Describe(kind)}");
        var quote = fault ?? error?.Message ?? (error is { Errors.Count: > 0 } ? error.Errors[0].ToString() : null);
        if (quote is not null)
        {
            message.Append(" (").Append(Scrub(quote)).Append(')');
        }

        if (row is not null)
        {
            message.Append(CultureInfo.InvariantCulture, $", in row {row}");
        }

        if (bytePosition is not null)
        {
            message.Append(CultureInfo.InvariantCulture, $", at byte {bytePosition}");
        }

        var transient =
            kind is ResponseFaultKind.Html or ResponseFaultKind.CutShort or ResponseFaultKind.Empty or ResponseFaultKind.TrailingText;
        var unknown = !ErrorAdvice.IsReading(call.Class);
        message.Append(". ")
            .Append(unknown ? ErrorAdvice.OutcomeUnknown : transient ? ErrorAdvice.TryLater : "Nothing of it may be trusted.");
        var details = Details(transient, unknown) with
        {
            StatusCode = HttpStatusCode.OK,
            ErrorCode = error?.ErrorCode,
            RequestId = error?.RequestId,
            Errors = error?.Errors ?? [],
        };
        return new CardTraderResponseException(message.ToString(), details, kind, bytePosition, row, exception);
    }

    /// <summary>Refuses to send a request that cannot be right.</summary>
    /// <exception cref="CardTraderException">There are faults; it lists them all.</exception>
    public static void ThrowIfInvalid(HttpMethod method, string route, IReadOnlyList<CardTraderFault> faults)
    {
        if (faults.Count > 0)
        {
            var operation = $"{method.Method} {route}";
            throw new CardTraderException(
                $"{operation} was not sent, because the request is wrong: {string.Join("; ", faults)}. Correct all of it.",
                new CardTraderErrorDetails { Operation = operation, ErrorCode = "invalid_request", Errors = faults });
        }
    }

    private static string Describe(ResponseFaultKind kind) => kind switch
    {
        ResponseFaultKind.Malformed => "it is not well-formed JSON",
        ResponseFaultKind.CutShort => "it ended before it was complete",
        ResponseFaultKind.Html => "it is an HTML page",
        ResponseFaultKind.Empty => "it is empty",
        ResponseFaultKind.UnexpectedShape => "it is JSON of another shape",
        ResponseFaultKind.NotUtf8 => "it is not valid UTF-8",
        ResponseFaultKind.TrailingText => "text follows after its end",
        ResponseFaultKind.TooDeep => "it nests deeper than 64 levels",
        ResponseFaultKind.TooLarge => "it is larger than the configured limit",
        _ => "a row of it cannot be read",
    };

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    private string Describe(HttpStatusCode status, ErrorBody error)
    {
        var message = new StringBuilder($"{call.Name} failed with status {((int)status).ToString(CultureInfo.InvariantCulture)}");
        if (error.ErrorCode is not null)
        {
            message.Append(" (").Append(error.ErrorCode).Append(')');
        }

        IEnumerable<string> said = error.Errors.Select(fault => fault.ToString());
        if (error.Message is not null)
        {
            said = said.Prepend(error.Message);
        }

        var quote = string.Join("; ", said);
        message
            .Append(quote.Length == 0 ? "." : quote.EndsWith('.') ? $": {quote}" : $": {quote}.")
            .Append(' ')
            .Append(ErrorAdvice.For(status, error, call.Class));
        if (error.RequestId is not null)
        {
            message.Append(" Request id: ").Append(error.RequestId).Append('.');
        }

        return message.ToString();
    }

    private CardTraderTimeoutException Timeout(string what, Exception exception, bool mayHaveBeenExecuted)
    {
        var unknown = mayHaveBeenExecuted && !ErrorAdvice.IsReading(call.Class);
        return new CardTraderTimeoutException(
            $"{call.Name} failed: {what}. {(unknown ? ErrorAdvice.OutcomeUnknown : ErrorAdvice.TryLater)}",
            Details(isTransient: true, unknown),
            exception);
    }

    private CardTraderException Withheld(string why, bool mayHaveBeenExecuted, Exception? exception)
    {
        var unknown = mayHaveBeenExecuted && !ErrorAdvice.IsReading(call.Class);
        return new CardTraderException(
            $"{call.Name} was not sent{(unknown ? " again" : string.Empty)}: {why}. "
                + (unknown ? ErrorAdvice.OutcomeUnknown : "Try again later."),
            Details(isTransient: true, unknown),
            exception);
    }

    private CardTraderErrorDetails Details(bool isTransient, bool isOutcomeUnknown) =>
        new() { Operation = call.Name, IsTransient = isTransient, IsOutcomeUnknown = isOutcomeUnknown };

    // A server or proxy may echo the request, and with it the token.
    private ErrorBody Scrub(ErrorBody body) => body with
    {
        ErrorCode = Scrub(body.ErrorCode),
        RequestId = Scrub(body.RequestId),
        Message = Scrub(body.Message),
        Errors = [.. body.Errors.Select(fault => new CardTraderFault(Scrub(fault.Path)!, Scrub(fault.Text)!))],
    };

    private string? Scrub(string? text) => text?.Replace(token.Reveal(), "[token]", StringComparison.Ordinal);
}
