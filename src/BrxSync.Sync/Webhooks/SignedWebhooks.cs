using BrxSync.Client.Webhooks;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Accounts;

namespace BrxSync.Sync.Webhooks;

/// <summary>Checks and reads webhooks before they are taken in.</summary>
internal sealed class SignedWebhooks(IAccountStore accounts, AccountSecrets secrets, WebhookIntake intake) : IWebhooks
{
    public async Task<WebhookResult> ReceiveAsync(
        AccountId accountId, ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken = default)
    {
        var account = await accounts.FindAsync(accountId, cancellationToken).ConfigureAwait(false)
            ?? throw new AccountUnknownException(accountId);
        if (secrets.FindWebhookSecret(account) is not { } secret)
        {
            return new WebhookResult { Refusal = WebhookRefusal.NoSecret };
        }

        var verdict = WebhookSignature.Verify(body.Span, signature, secret);
        if (verdict != WebhookVerdict.Valid)
        {
            return new WebhookResult
            {
                Refusal = verdict switch
                {
                    WebhookVerdict.EmptyBody => WebhookRefusal.EmptyBody,
                    WebhookVerdict.NoSignature => WebhookRefusal.NoSignature,
                    _ => WebhookRefusal.WrongSignature,
                },
            };
        }

        return WebhookParser.TryParse(body, out var delivery, out var fault)
            ? new WebhookResult { Receipt = await intake.ReceiveAsync(accountId, delivery, cancellationToken).ConfigureAwait(false) }
            : new WebhookResult { Refusal = WebhookRefusal.UnreadableBody, Fault = fault };
    }

    public Task<DeliveryReceipt> ReceiveAsync(AccountId accountId, WebhookEvent delivery, CancellationToken cancellationToken = default) =>
        intake.ReceiveAsync(accountId, delivery, cancellationToken);

    public Task<int> ApplyWaitingAsync(AccountId accountId, CancellationToken cancellationToken = default) =>
        intake.ApplyWaitingAsync(accountId, cancellationToken);
}
