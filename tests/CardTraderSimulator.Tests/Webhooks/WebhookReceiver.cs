using System.Collections.Concurrent;
using System.Net;

namespace BrxSync.Simulator.Tests.Webhooks;

/// <summary>Takes what the marketplace posts, without a network.</summary>
internal sealed class WebhookReceiver : HttpMessageHandler
{
    private readonly ConcurrentQueue<(byte[] Body, string Signature, Uri Url)> received = new();

    public static Uri Url { get; } = new("http://shop.example/webhooks/abc");

    public HttpStatusCode Answer { get; set; } = HttpStatusCode.OK;

    public IReadOnlyList<(byte[] Body, string Signature, Uri Url)> Received => [.. received];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        received.Enqueue((
            await request.Content!.ReadAsByteArrayAsync(cancellationToken),
            request.Headers.GetValues("Signature").Single(),
            request.RequestUri!));
        return new HttpResponseMessage(Answer);
    }
}
