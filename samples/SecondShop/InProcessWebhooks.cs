using System.Net;
using BrxSync.Sync;

namespace SecondShop;

/// <summary>Brings the webhooks of the simulated marketplace to the host in the same process, where a real one has an address.</summary>
internal sealed class InProcessWebhooks(AccountId account, Func<IWebhooks> webhooks) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        var signature = request.Headers.TryGetValues("Signature", out var values) ? values.Single() : null;
        var result = await webhooks().ReceiveAsync(account, body, signature, cancellationToken);
        return new HttpResponseMessage(result.Refusal is null ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
    }
}
