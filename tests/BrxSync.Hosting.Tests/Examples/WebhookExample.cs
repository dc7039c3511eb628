using BrxSync.Client.Webhooks;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Orders;
using BrxSync.Sync.Snapshots;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Hosting.Tests.Examples;

/// <summary>The examples of the guide to webhooks.</summary>
internal static class WebhookExample
{
    public static async Task<int> ReceiveAsync(
        IServiceProvider services, AccountId accountId, ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken)
    {
        // example: receive
        var account = await services.GetRequiredService<IAccountStore>().FindAsync(accountId, cancellationToken);
        if (account is null)
        {
            return 404;
        }

        // Over the bytes as they came in: reading and writing them again would change the signature.
        var secret = services.GetRequiredService<AccountService>().OpenWebhookSecret(account);
        if (secret is null || WebhookSignature.Verify(body.Span, signature, secret) != WebhookVerdict.Valid)
        {
            return 401;
        }

        if (!WebhookParser.TryParse(body, out var delivery, out _))
        {
            return 400;
        }

        // Stored and applied in one transaction. An exception means that it was not: answer 503, and the sender may try again.
        await services.GetRequiredService<WebhookIntake>().ReceiveAsync(accountId, delivery, cancellationToken);
        return 200;

        // end
    }

    public static async Task<int> CatchUpAsync(IServiceProvider services, AccountId accountId, CancellationToken cancellationToken)
    {
        // example: catch-up
        var orders = services.GetRequiredService<OrderPolling>();
        var found = await orders.RunAsync(accountId, cancellationToken);
        await orders.FetchRequestedAsync(accountId, cancellationToken);
        var read = await services.GetRequiredService<Rereading>().RunAsync(accountId, cancellationToken);

        // end
        return found.Applied + read.Changed;
    }
}
