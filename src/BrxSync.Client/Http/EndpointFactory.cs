using Refit;

namespace BrxSync.Client.Http;

/// <summary>Makes the endpoints that a caller uses.</summary>
internal sealed class EndpointFactory(IHttpClientFactory clients)
{
    public const string HttpClientName = "BrxSync.Client";

    // Failures are judged by the handlers and the serializer, and leave as they are: an exception of Refit would carry the request, and
    // with it the token.
    private readonly RefitSettings _settings = new(new BodySerializer())
    {
        RequestBodySerialization = RequestBodySerializationMode.Buffered,
        ExceptionFactory = static _ => ValueTask.FromResult<Exception?>(null),
        TransportExceptionFactory = static (_, exception, _) => exception,
        DeserializationExceptionFactory = static (_, exception) => ValueTask.FromResult<Exception?>(exception),
    };

    public AccountEndpoints For(Caller caller)
    {
        var client = clients.CreateClient(HttpClientName);

        // Every attempt has a limit of its own; a second clock, which a host may have set for all its clients, would cut
        // retries and long exports short.
        client.Timeout = Timeout.InfiniteTimeSpan;
        return new AccountEndpoints(client, _settings, caller);
    }
}
