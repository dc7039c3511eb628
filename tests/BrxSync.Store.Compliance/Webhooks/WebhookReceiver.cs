using System.Net;
using BrxSync.Client.Webhooks;
using BrxSync.Simulator;
using BrxSync.Sync;

namespace BrxSync.Store.Compliance.Webhooks;

/// <summary>Receives the marketplace's webhooks as a host would: checks the signature, reads the body, hands it in, answers.</summary>
internal sealed class WebhookReceiver(Func<IWebhooks> intake, Func<Guid, SimulatedSeller> sellerOf) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var account = Guid.Parse(request.RequestUri!.Segments[^1]);
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        var signature = request.Headers.GetValues(WebhookSignature.HeaderName).Single();
        if (WebhookSignature.Verify(body, signature, sellerOf(account).SharedSecret) != WebhookVerdict.Valid)
        {
            return new HttpResponseMessage(HttpStatusCode.Unauthorized);
        }

        if (!WebhookParser.TryParse(body, out var webhook, out _))
        {
            return new HttpResponseMessage(HttpStatusCode.BadRequest);
        }

        await intake().ReceiveAsync(new AccountId(account), webhook, cancellationToken);
        return new HttpResponseMessage(HttpStatusCode.OK);
    }
}
