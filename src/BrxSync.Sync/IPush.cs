using BrxSync.Client.Errors;

namespace BrxSync.Sync;

/// <summary>
/// Brings the changes that wait to CardTrader, and finds out about those whose answers were lost. The jobs of a host do this by
/// themselves, within seconds.
/// </summary>
public interface IPush
{
    /// <summary>
    /// Sends what waits for an account and is due, and follows it to its end. One process at a time does this for an account.
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Stops between calls; what was sent is settled, or found out about later.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="AccountNotConnectedException">The account is unknown or has no token.</exception>
    /// <exception cref="AccountStoppedException">CardTrader refused the account's token.</exception>
    /// <exception cref="AccountSuspendedException">The account is suspended.</exception>
    /// <exception cref="CardTraderAuthenticationException">CardTrader refuses the token now; what waits stays.</exception>
    /// <exception cref="SyncFencedException">The account was connected to another seller meanwhile; nothing more was written.</exception>
    /// <exception cref="System.Data.Common.DbException">The database failed; what was settled before stays.</exception>
    Task<PushResult> RunAsync(AccountId accountId, CancellationToken cancellationToken = default);
}
