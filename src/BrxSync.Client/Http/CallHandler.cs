using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using BrxSync.Client.Diagnostics;
using BrxSync.Client.Errors;
using BrxSync.Client.Serialization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly.Timeout;
using Refit;

namespace BrxSync.Client.Http;

/// <summary>
/// The outermost handler: makes a call of an endpoint's request, and turns each failure into one of the package's errors.
/// </summary>
internal sealed class CallHandler(
    IOptions<CardTraderClientOptions> options,
    TimeProvider timeProvider,
    IEnumerable<IAnswerObserver> observers,
    ClientTelemetry telemetry,
    ILogger<CallHandler> logger) : DelegatingHandler
{
    private static readonly HttpRequestOptionsKey<string> Route = new(HttpRequestMessageOptions.RelativePathTemplate);

    private readonly IAnswerObserver[] _observers = [.. observers];
    private readonly ConcurrentDictionary<(HttpMethod Method, string Route), ApiCall> _calls = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(Caller.Key, out var caller))
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        if (request.Options.TryGetValue(CallContext.Key, out var sent) && sent.Gate is not null)
        {
            throw sent.Errors.Repeated(sent.MayHaveBeenExecuted);
        }

        var call = new CallContext(CallOf(request), caller);
        Prepare(request, call, caller.Token);
        var span = new CallSpan(call, options.Value.BaseAddress, telemetry, timeProvider, logger);
        try
        {
            var message = await SendCallAsync(request, call, cancellationToken).ConfigureAwait(false);
            span.Answered(message);
            message.Content = new AnswerContent(
                call, span, (ReceivedContent)message.Content, options.Value.StallTimeout, timeProvider);

            // An empty answer is judged by whoever reads it, as any other.
            message.StatusCode = HttpStatusCode.OK;
            return message;
        }
        catch (Exception exception)
        {
            span.Note(exception);
            span.Dispose();
            throw;
        }
    }

    private static void Prepare(HttpRequestMessage request, CallContext call, CardTraderToken token)
    {
        if (call.Call.Class == OperationClass.NonRepeatableWrite)
        {
            // Without any content the platform sends a request again by itself when an idle connection turns out to be closed.
            request.Content ??= new ByteArrayContent([]);
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Options.Set(CallContext.Key, call);
    }

    private ApiCall CallOf(HttpRequestMessage request)
    {
        request.Options.TryGetValue(Route, out var route);
        request.Options.TryGetValue(ApiCall.KindKey, out var kind);
        return _calls.GetOrAdd((request.Method, route!), static (key, kind) => new ApiCall(key.Method, key.Route, kind), kind);
    }

    private async Task<HttpResponseMessage> SendCallAsync(HttpRequestMessage request, CallContext call, CancellationToken cancellationToken)
    {
        HttpResponseMessage message;
        try
        {
            message = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            throw call.Errors.Unreachable(exception, call.MayHaveBeenExecuted);
        }
        catch (TimeoutRejectedException exception)
        {
            throw call.Errors.TimedOut(exception.Timeout, exception, call.MayHaveBeenExecuted);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw call.Errors.BodyBroken(exception);
        }

        try
        {
            TellObservers(call, message);
            Judge(call, message, ((ReceivedContent)message.Content).Received.Span);
            return message;
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    private void TellObservers(CallContext call, HttpResponseMessage message)
    {
        var time = call.TimeOf(message);

        // The process's own knowledge first: it must not miss an answer because an observer of the caller throws.
        foreach (var observer in _observers)
        {
            observer.OnAnswer(time);
        }

        call.AnswerObserver?.Invoke(time);
    }

    private void Judge(CallContext call, HttpResponseMessage message, ReadOnlySpan<byte> body)
    {
        if (!message.IsSuccessStatusCode)
        {
            throw call.Errors.Refused(message.StatusCode, body, call.RetryAfter);
        }

        if (call.IsStreamed)
        {
            // Judged as it is read.
            return;
        }

        if (body.Length > options.Value.MaxResponseBytes)
        {
            throw call.Errors.Unusable(ResponseFaultKind.TooLarge, [], body.Length);
        }

        JsonBody.ThrowIfHtml(body, call.Errors);
    }
}
