using BrxSync.Client.Webhooks;

namespace BrxSync.Sync;

/// <summary>
/// Takes webhook deliveries in: each is stored and applied to the stock in one transaction, once, in whatever order they come.
/// </summary>
public interface IWebhooks
{
    /// <summary>
    /// Checks the signature of a webhook, reads it, stores and applies it. A result that is accepted is safe to be answered with success.
    /// </summary>
    /// <param name="accountId">The account that it was sent to: each account has an address of its own.</param>
    /// <param name="body">The raw bytes of the body, as they were received.</param>
    /// <param name="signature">The value of the header <c>Signature</c>, or null when there was none.</param>
    /// <param name="cancellationToken">Stops waiting for the answer; a delivery that was read is applied all the same.</param>
    /// <returns>What became of it, or why it was refused.</returns>
    /// <exception cref="ArgumentException">The delivery's id is longer than 128 characters.</exception>
    /// <exception cref="AccountUnknownException">There is no such account.</exception>
    /// <exception cref="SecretUnreadableException">No configured key opens the account's secret.</exception>
    /// <exception cref="WebhookQueueFullException">Too many deliveries of the account wait; nothing was stored.</exception>
    /// <exception cref="System.Data.Common.DbException">
    /// The database failed; unless only its answer was lost, nothing was stored.
    /// </exception>
    Task<WebhookResult> ReceiveAsync(
        AccountId accountId, ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken = default);

    /// <summary>
    /// Stores and applies a delivery whose signature has been checked already. When this returns it is safe to answer
    /// the sender with success.
    /// </summary>
    /// <param name="accountId">The account whose secret signed it.</param>
    /// <param name="delivery">The delivery.</param>
    /// <param name="cancellationToken">Stops waiting for the answer; the delivery is applied all the same.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="ArgumentException">Its id is empty or longer than 128 characters.</exception>
    /// <exception cref="AccountUnknownException">There is no such account.</exception>
    /// <exception cref="WebhookQueueFullException">Too many deliveries of the account wait; nothing was stored.</exception>
    /// <exception cref="System.Data.Common.DbException">
    /// The database failed; unless only its answer was lost, nothing was stored.
    /// </exception>
    Task<DeliveryReceipt> ReceiveAsync(AccountId accountId, WebhookEvent delivery, CancellationToken cancellationToken = default);

    /// <summary>Applies the deliveries of an account that were stored while its stock was busy.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Stops between transactions.</param>
    /// <returns>How many were applied.</returns>
    /// <exception cref="AccountUnknownException">There is no such account.</exception>
    /// <exception cref="System.Data.Common.DbException">The database failed; what was applied before stays.</exception>
    Task<int> ApplyWaitingAsync(AccountId accountId, CancellationToken cancellationToken = default);
}
