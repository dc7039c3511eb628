using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BrxSync.Client.Errors;
using BrxSync.Client.Serialization;
using Microsoft.Extensions.Options;

namespace BrxSync.Client.Http;

/// <summary>Sends every call of the package: builds the request, reads the answer, and turns each failure into one of the package's errors.</summary>
internal sealed class CardTraderSender(IHttpClientFactory clients, IOptions<CardTraderClientOptions> options, TimeProvider timeProvider)
{
    public const string HttpClientName = "BrxSync.Client";

    public CardTraderClientOptions Options { get; } = options.Value;

    public TimeProvider TimeProvider { get; } = timeProvider;

    public async Task<T> SendAsync<T>(ApiCall call, CardTraderToken token, JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken)
    {
        var response = await OpenAsync(call, token, cancellationToken).ConfigureAwait(false);
        await using (response.ConfigureAwait(false))
        {
            var body = await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
            return JsonBody.Deserialize(body, typeInfo, response.Errors);
        }
    }

    public async Task SendAsync(ApiCall call, CardTraderToken token, CancellationToken cancellationToken)
    {
        var response = await OpenAsync(call, token, cancellationToken).ConfigureAwait(false);
        await using (response.ConfigureAwait(false))
        {
            var body = await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
            JsonBody.ThrowIfHtml(body.Span, response.Errors);
        }
    }

    public async IAsyncEnumerable<T> StreamAsync<T>(
        ApiCall call, CardTraderToken token, JsonTypeInfo<T> elementTypeInfo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var response = await OpenAsync(call, token, cancellationToken).ConfigureAwait(false);
        await using (response.ConfigureAwait(false))
        {
            var body = new GuardedStream(response);
            await using (body.ConfigureAwait(false))
            {
                await body.PeekAsync(cancellationToken).ConfigureAwait(false);
                var elements = JsonSerializer.DeserializeAsyncEnumerable(body, elementTypeInfo, cancellationToken).GetAsyncEnumerator(cancellationToken);
                await using (elements.ConfigureAwait(false))
                {
                    while (await MoveNextAsync(elements, body, response.Errors).ConfigureAwait(false))
                    {
                        yield return elements.Current
                            ?? throw response.Errors.Unusable(ResponseFaultKind.UnreadableRow, [], body.Position, fault: "null");
                    }
                }
            }
        }
    }

    public async Task<StreamedResponse> OpenAsync(ApiCall call, CardTraderToken token, CancellationToken cancellationToken)
    {
        var errors = new CallErrors(call, token);
        using var client = clients.CreateClient(HttpClientName);
        using var request = CreateRequest(call, token);
        var requestedAt = TimeProvider.GetUtcNow();
        HttpResponseMessage? message = null;
        try
        {
            message = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!message.IsSuccessStatusCode)
            {
                throw await RefuseAsync(message, errors, cancellationToken).ConfigureAwait(false);
            }

            var body = await message.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var response = new StreamedResponse(message, body, errors, requestedAt, Options.StallTimeout, TimeProvider);
            message = null;
            return response;
        }
        catch (HttpRequestException exception)
        {
            throw errors.Unreachable(exception);
        }
        finally
        {
            message?.Dispose();
        }
    }

    private static HttpRequestMessage CreateRequest(ApiCall call, CardTraderToken token)
    {
        var request = new HttpRequestMessage(call.Method, new Uri(call.Path, UriKind.Relative)) { Content = call.Content?.Invoke() };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }

    private static async Task<bool> MoveNextAsync<T>(IAsyncEnumerator<T?> elements, GuardedStream body, CallErrors errors)
    {
        try
        {
            return await elements.MoveNextAsync().ConfigureAwait(false);
        }
        catch (JsonException exception)
        {
            var kind = body.IsAtEnd && JsonBody.IsCutShort(exception) ? ResponseFaultKind.CutShort : JsonBody.KindOf(exception);
            throw errors.Unusable(kind, [], body.Position, exception: exception);
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(StreamedResponse response, CancellationToken cancellationToken)
    {
        var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        var read = 0;
        do
        {
            await response.GuardReadAsync(
                async token => read = await response.Body.ReadAsync(chunk, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            buffer.Write(chunk, 0, read);
            if (buffer.Length > Options.MaxResponseBytes)
            {
                throw response.Errors.Unusable(ResponseFaultKind.TooLarge, [], buffer.Length);
            }
        }
        while (read > 0);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static async Task<CardTraderException> RefuseAsync(HttpResponseMessage message, CallErrors errors, CancellationToken cancellationToken)
    {
        var body = new byte[ErrorBody.MaxBytes];
        var length = 0;
        try
        {
            var stream = await message.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or InvalidDataException)
        {
            // The status alone says enough; what could be read of the body is used.
            length = 0;
        }

        return errors.Refused(message.StatusCode, body.AsSpan(0, length), TimeSpan.Zero);
    }
}
