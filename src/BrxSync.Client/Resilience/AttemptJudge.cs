using System.Net;
using BrxSync.Client.Http;
using Polly;
using Polly.Timeout;

namespace BrxSync.Client.Resilience;

/// <summary>Judges the outcome of one attempt.</summary>
internal static class AttemptJudge
{
    public static AttemptVerdict Judge(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: { } exception } => Judge(exception),
        { Result: { } response } => Judge(response),
        _ => AttemptVerdict.Final,
    };

    /// <summary>Names the failure for telemetry.</summary>
    public static string Describe(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: TimeoutRejectedException } => "timeout",
        { Exception: HttpRequestException exception } => exception.HttpRequestError.ToString(),
        { Exception: { } exception } => exception.GetType().Name,
        { Result: { IsSuccessStatusCode: true } } => "html",
        { Result: { } response } => ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => "other",
    };

    private static AttemptVerdict Judge(Exception exception) => exception switch
    {
        HttpRequestException request when ConnectionFailure.IsBeforeSending(request) => AttemptVerdict.NotSent,
        HttpRequestException or IOException or InvalidDataException or TimeoutRejectedException => AttemptVerdict.Failed,
        _ => AttemptVerdict.Final,
    };

    private static AttemptVerdict Judge(HttpResponseMessage response)
    {
        var content = response.Content as ReceivedContent;
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => AttemptVerdict.Throttled,
            HttpStatusCode.Forbidden when content is not { HasErrorCode: true } => AttemptVerdict.Blocked,
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => AttemptVerdict.Failed,
            _ when response.IsSuccessStatusCode && content is { IsHtml: true } => AttemptVerdict.Failed,
            _ => AttemptVerdict.Final,
        };
    }
}
