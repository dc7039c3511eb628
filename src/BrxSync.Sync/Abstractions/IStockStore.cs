using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Abstractions;

/// <summary>
/// Keeps what the stock rules work on: orders and what counts of them, items, local changes, requests. Implemented by each database
/// adapter; the rules themselves are applied by the engine, to a slice at a time.
/// </summary>
internal interface IStockStore
{
    /// <summary>Opens one step on an account's stock. Nothing is locked before its first load.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Cancels the wait for a connection.</param>
    /// <returns>The session, which is one transaction.</returns>
    Task<IStockSession> OpenAsync(AccountId accountId, CancellationToken cancellationToken = default);

    /// <summary>Keeps a delivery that cannot be applied now, with what it says, so that it is applied later.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="delivery">The delivery; its outcome is <see cref="DeliveryOutcome.Waiting"/>.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>False when a delivery of this id is kept already, or the account is unknown.</returns>
    Task<bool> KeepAsync(AccountId accountId, DeliveryRow delivery, CancellationToken cancellationToken = default);

    /// <summary>Lists deliveries that wait to be applied, oldest first.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The deliveries, with what they say.</returns>
    Task<IReadOnlyList<DeliveryRow>> ListWaitingAsync(AccountId accountId, int limit, CancellationToken cancellationToken = default);

    /// <summary>Lists what is to be read again and due, with the blueprints to read; oldest first.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>
    /// The requests. Those of products without an item and without a known blueprint are left out: a snapshot meets them.
    /// </returns>
    Task<IReadOnlyList<DueReread>> ListRereadsAsync(AccountId accountId, int limit, CancellationToken cancellationToken = default);

    /// <summary>Lists the orders that are to be fetched and due, oldest first.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The orders, and how often each was tried in vain.</returns>
    Task<IReadOnlyList<DueFetch>> ListFetchesAsync(AccountId accountId, int limit, CancellationToken cancellationToken = default);

    /// <summary>Notes that reading blueprints failed, so that it is not tried again before an instant.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="requests">The requests.</param>
    /// <param name="notBefore">When to try again, by our clock.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>A task that ends when the rows are stored.</returns>
    Task PostponeRereadsAsync(
        AccountId accountId, IReadOnlyList<DueReread> requests, DateTimeOffset notBefore, CancellationToken cancellationToken = default);

    /// <summary>Notes that fetching an order failed, so that it is not tried again before an instant.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="order">The order.</param>
    /// <param name="notBefore">When to try again, by our clock.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>A task that ends when the row is stored.</returns>
    Task PostponeFetchAsync(AccountId accountId, OrderId order, DateTimeOffset notBefore, CancellationToken cancellationToken = default);

    /// <summary>Tells how far the account's orders are known.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The position; an unknown account has none of it.</returns>
    Task<OrderPosition> GetOrderPositionAsync(AccountId accountId, CancellationToken cancellationToken = default);

    /// <summary>Notes how far the account's orders were polled, unless it is another seller's by now.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="seller">The seller whose orders they are; null when his id is not known.</param>
    /// <param name="position">The position. What it lacks stays as it is.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>A task that ends when the row is stored.</returns>
    Task SetOrderPositionAsync(
        AccountId accountId, long? seller, OrderPosition position, CancellationToken cancellationToken = default);

    /// <summary>Lists orders that stand here, sold in a span of time, and were last confirmed before an instant.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="soldSince">The start of the span, in CardTrader's clock.</param>
    /// <param name="confirmedBefore">Orders confirmed later are left out.</param>
    /// <param name="latest">
    /// The latest instant that can be the present: one that seems to be confirmed later was so before a clock was set back.
    /// </param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The orders.</returns>
    Task<IReadOnlyList<OrderId>> ListStandingAsync(
        AccountId accountId,
        DateTimeOffset soldSince,
        DateTimeOffset confirmedBefore,
        DateTimeOffset latest,
        CancellationToken cancellationToken = default);
}
