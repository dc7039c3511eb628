using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Hosting.Tests.Examples;

/// <summary>The examples of the guide to webhooks.</summary>
internal static class WebhookExample
{
    public static async Task<int> ReceiveAsync(
        IServiceProvider services, AccountId accountId, ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken)
    {
        // example: receive
        // The body as it came in: reading and writing it again would change the signature.
        var webhooks = services.GetRequiredService<IWebhooks>();
        try
        {
            var result = await webhooks.ReceiveAsync(accountId, body, signature, cancellationToken);
            return result.Refusal switch
            {
                null => 200,
                WebhookRefusal.UnreadableBody => 400,
                _ => 401,
            };
        }
        catch (AccountUnknownException)
        {
            return 404;
        }

        // Any other exception means that nothing was stored: answer 503, and the sender may try again.
        // end
    }

    public static async Task<int> CatchUpAsync(IServiceProvider services, AccountId accountId, CancellationToken cancellationToken)
    {
        // example: catch-up
        var orders = services.GetRequiredService<IOrderPolling>();
        var found = await orders.RunAsync(accountId, cancellationToken);
        await orders.FetchRequestedAsync(accountId, cancellationToken);
        var read = await services.GetRequiredService<IRereads>().RunAsync(accountId, cancellationToken);

        // end
        return found.Applied + read.Changed;
    }
}
