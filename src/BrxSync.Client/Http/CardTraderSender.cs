using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;
using BrxSync.Client.Diagnostics;
using BrxSync.Client.Errors;
using BrxSync.Client.Serialization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly.Timeout;

namespace BrxSync.Client.Http;

/// <summary>
/// Sends every call of the package: builds the request, reads the answer, and turns each failure into one of the package's errors.
/// </summary>
internal sealed class CardTraderSender(
    IHttpClientFactory clients,
    IOptions<CardTraderClientOptions> options,
    TimeProvider timeProvider,
    IEnumerable<IAnswerObserver> observers,
    ClientTelemetry telemetry,
    ILogger<CardTraderSender> logger)
{
    public const string HttpClientName = EndpointFactory.HttpClientName;

    private readonly IAnswerObserver[] _observers = [.. observers];

    public CardTraderClientOptions Options { get; } = options.Value;

    public TimeProvider TimeProvider { get; } = timeProvider;

    public async Task<T> SendAsync<T>(
        CallContext call, CardTraderToken token, JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken)
    {
        using var span = new CallSpan(call, Options.BaseAddress, telemetry, TimeProvider, logger);
        try
        {
            using var message = await SendMessageAsync(call, token, cancellationToken).ConfigureAwait(false);
            span.Answered(message);
            return JsonBody.Deserialize(await ReadBodyAsync(call, message, cancellationToken).ConfigureAwait(false), typeInfo, call.Errors);
        }
        catch (Exception exception) when (span.Note(exception))
        {
            throw;
        }
    }

    public async Task SendAsync(CallContext call, CardTraderToken token, CancellationToken cancellationToken)
    {
        using var span = new CallSpan(call, Options.BaseAddress, telemetry, TimeProvider, logger);
        try
        {
            using var message = await SendMessageAsync(call, token, cancellationToken).ConfigureAwait(false);
            span.Answered(message);
            JsonBody.ThrowIfHtml((await ReadBodyAsync(call, message, cancellationToken).ConfigureAwait(false)).Span, call.Errors);
        }
        catch (Exception exception) when (span.Note(exception))
        {
            throw;
        }
    }

    /// <summary>Sends a call and returns its answer with the body still arriving; the span of the call ends when it is disposed.</summary>
    public async Task<StreamedResponse> OpenAsync(CallContext call, CardTraderToken token, CancellationToken cancellationToken)
    {
        var span = new CallSpan(call, Options.BaseAddress, telemetry, TimeProvider, logger);
        try
        {
            var message = await SendMessageAsync(call, token, cancellationToken).ConfigureAwait(false);
            span.Answered(message);
            var body = await message.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return new StreamedResponse(message, body, call, span, Options.StallTimeout, TimeProvider);
        }
        catch (Exception exception)
        {
            span.Note(exception);
            span.Dispose();
            throw;
        }
    }

    private static HttpRequestMessage CreateRequest(CallContext call, CardTraderToken token)
    {
        var request = new HttpRequestMessage(call.Call.Method, new Uri(call.Call.Path, UriKind.Relative))
        {
            Content = call.Call.Content?.Invoke(),
        };
        if (request.Content is null && call.Call.Class == OperationClass.NonRepeatableWrite)
        {
            // Without any content the platform sends a request again by itself when an idle connection turns out to be closed.
            request.Content = new ByteArrayContent([]);
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Options.Set(CallContext.Key, call);
        return request;
    }

    private async Task<HttpResponseMessage> SendMessageAsync(CallContext call, CardTraderToken token, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(HttpClientName);

        // Every attempt has a limit of its own; a second clock, which a host may have set for all its clients, would cut
        // retries and long exports short.
        client.Timeout = Timeout.InfiniteTimeSpan;
        using var request = CreateRequest(call, token);
        HttpResponseMessage message;
        try
        {
            message = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
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

        TellObservers(call, message);
        if (message.IsSuccessStatusCode)
        {
            return message;
        }

        using (message)
        {
            var body = await message.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            throw call.Errors.Refused(message.StatusCode, body, call.RetryAfter);
        }
    }

    private void TellObservers(CallContext call, HttpResponseMessage message)
    {
        try
        {
            var time = call.TimeOf(message);

            // The process's own knowledge first: it must not miss an answer because an observer of the caller throws.
            foreach (var observer in _observers)
            {
                observer.OnAnswer(time);
            }

            call.AnswerObserver?.Invoke(time);
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(
        CallContext call, HttpResponseMessage message, CancellationToken cancellationToken)
    {
        var body = await message.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return body.Length <= Options.MaxResponseBytes ? body : throw call.Errors.Unusable(ResponseFaultKind.TooLarge, [], body.Length);
    }
}
