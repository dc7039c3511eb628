using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BrxSync.Client.Errors;
using BrxSync.Client.RateLimiting;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Http;

/// <summary>The sender bound to the token of one seller: what every API area calls.</summary>
internal sealed class AccountSender(
    CardTraderSender sender, CardTraderToken token, RateLimitPriority priority, Action<AnswerTime>? answerObserver = null)
{
    public CardTraderClientOptions Options => sender.Options;

    public TimeProvider TimeProvider => sender.TimeProvider;

    /// <summary>Gives the same sender with one more observer of the answers.</summary>
    public AccountSender WithAnswerObserver(Action<AnswerTime> observer) => new(sender, token, priority, answerObserver + observer);

    /// <summary>Sends a call and reads its JSON answer.</summary>
    public Task<T> SendAsync<T>(ApiCall call, JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken) =>
        sender.SendAsync(Context(call, isStreamed: false), token, typeInfo, cancellationToken);

    /// <summary>Sends a call whose answer's body is of no interest.</summary>
    public Task SendAsync(ApiCall call, CancellationToken cancellationToken) =>
        sender.SendAsync(Context(call, isStreamed: false), token, cancellationToken);

    /// <summary>Sends a call and returns its answer with the body still arriving. The caller disposes it.</summary>
    public Task<StreamedResponse> OpenAsync(ApiCall call, CancellationToken cancellationToken) =>
        sender.OpenAsync(Context(call, isStreamed: true), token, cancellationToken);

    /// <summary>Sends a call and reads the elements of the JSON array it answers, one at a time.</summary>
    public IAsyncEnumerable<T> StreamAsync<T>(ApiCall call, JsonTypeInfo<T> elementTypeInfo, CancellationToken cancellationToken) =>
        sender.StreamAsync(Context(call, isStreamed: true), token, elementTypeInfo, cancellationToken);

    /// <summary>Sends a call and reads its JSON answer by hand: for answers whose shape varies too much for generated code.</summary>
    /// <param name="call">The call.</param>
    /// <param name="read">Reads the answer; throws a <see cref="JsonException"/> when it lacks what must be there.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    public async Task<T> ReadAsync<T>(ApiCall call, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(call, CardTraderJsonContext.Default.JsonElement, cancellationToken).ConfigureAwait(false);
        try
        {
            return read(answer);
        }
        catch (JsonException exception)
        {
            throw new CallErrors(call, token).Unusable(ResponseFaultKind.UnexpectedShape, [], fault: exception.Message);
        }
    }

    /// <summary>Sends a call and reads its JSON array by hand.</summary>
    public Task<CardTraderList<T>> ReadListAsync<T>(
        ApiCall call, string what, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        ReadAsync(call, answer => TolerantList.Read(answer, what, read, call.Name), cancellationToken);

    /// <summary>Sends a call and reads its answer as text.</summary>
    public async Task<string> ReadTextAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var response = await OpenAsync(call, cancellationToken).ConfigureAwait(false);
        await using (response.ConfigureAwait(false))
        {
            var body = new GuardedStream(response);
            await using (body.ConfigureAwait(false))
            {
                await body.PeekAsync(cancellationToken).ConfigureAwait(false);
                using var reader = new StreamReader(body);
                return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Refuses to send a request that cannot be right.</summary>
    /// <exception cref="CardTraderException">There are faults; it lists them all.</exception>
    public void ThrowIfInvalid(ApiCall call, IReadOnlyList<CardTraderFault> faults)
    {
        if (faults.Count > 0)
        {
            throw new CallErrors(call, token).Invalid(faults);
        }
    }

    private CallContext Context(ApiCall call, bool isStreamed) =>
        new(call, token, priority, isStreamed) { AnswerObserver = answerObserver };
}
