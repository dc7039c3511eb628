using System.Text.Json.Serialization.Metadata;

namespace BrxSync.Client.Http;

/// <summary>The sender bound to the token of one seller: what every API area calls.</summary>
internal sealed class AccountSender(CardTraderSender sender, CardTraderToken token)
{
    public CardTraderClientOptions Options => sender.Options;

    public TimeProvider TimeProvider => sender.TimeProvider;

    /// <summary>Sends a call and reads its JSON answer.</summary>
    public Task<T> SendAsync<T>(ApiCall call, JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken) =>
        sender.SendAsync(call, token, typeInfo, cancellationToken);

    /// <summary>Sends a call whose answer's body is of no interest.</summary>
    public Task SendAsync(ApiCall call, CancellationToken cancellationToken) => sender.SendAsync(call, token, cancellationToken);

    /// <summary>Sends a call and returns its answer as soon as the headers are there. The caller disposes it.</summary>
    public Task<StreamedResponse> OpenAsync(ApiCall call, CancellationToken cancellationToken) => sender.OpenAsync(call, token, cancellationToken);

    /// <summary>Sends a call and reads the elements of the JSON array it answers, one at a time.</summary>
    public IAsyncEnumerable<T> StreamAsync<T>(ApiCall call, JsonTypeInfo<T> elementTypeInfo, CancellationToken cancellationToken) =>
        sender.StreamAsync(call, token, elementTypeInfo, cancellationToken);
}
