using BrxSync.Client.Errors;

namespace BrxSync.Sync;

/// <summary>
/// Reads the orders of an account to find what no webhook told of: new orders, changed states, orders that are gone. The jobs of a host do
/// this by themselves.
/// </summary>
public interface IOrderPolling
{
    /// <summary>
    /// Polls the orders: those after the highest id seen, and those of the last days; and fetches those by their ids of which that says too
    /// little. A row that cannot be read is fetched by its id, or becomes a dead letter, and keeps none of the others from being applied.
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Stops between pages; what was applied stays.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="AccountNotConnectedException">The account is unknown or has no token.</exception>
    /// <exception cref="AccountStoppedException">CardTrader refused the account's token.</exception>
    /// <exception cref="AccountSuspendedException">The account is suspended.</exception>
    /// <exception cref="SyncFencedException">The account was connected to another seller meanwhile; nothing more was written.</exception>
    /// <exception cref="CardTraderException">CardTrader could not be read to the end; what was read is applied.</exception>
    /// <exception cref="System.Data.Common.DbException">The database failed; what was applied before stays.</exception>
    Task<OrderPollResult> RunAsync(AccountId accountId, CancellationToken cancellationToken = default);

    /// <summary>Fetches the orders that are to be read by their ids, because what was known of them did not say enough.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Stops between orders.</param>
    /// <returns>How many were fetched. Those that could not be are tried again later, and in the end become dead letters.</returns>
    /// <exception cref="AccountNotConnectedException">The account is unknown or has no token.</exception>
    /// <exception cref="AccountStoppedException">CardTrader refused the account's token.</exception>
    /// <exception cref="AccountSuspendedException">The account is suspended.</exception>
    /// <exception cref="SyncFencedException">The account was connected to another seller meanwhile; nothing more was written.</exception>
    /// <exception cref="System.Data.Common.DbException">The database failed; what was applied before stays.</exception>
    Task<int> FetchRequestedAsync(AccountId accountId, CancellationToken cancellationToken = default);
}
