namespace BrxSync.Sync;

/// <summary>
/// Reads products again about whose quantity something is in doubt: one cheap call a blueprint, whatever number of requests it meets.
/// The jobs of a host do this by themselves, within seconds.
/// </summary>
public interface IRereads
{
    /// <summary>Reads everything that is to be read again and due; <see cref="RereadResult.NextIn"/> tells when more will be.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Stops between blueprints; what was applied stays.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="AccountNotConnectedException">The account is unknown or has no token.</exception>
    /// <exception cref="AccountStoppedException">CardTrader refused the account's token.</exception>
    /// <exception cref="AccountSuspendedException">The account is suspended.</exception>
    /// <exception cref="SyncFencedException">The account was connected to another seller meanwhile; nothing more was written.</exception>
    /// <exception cref="System.Data.Common.DbException">The database failed; what was applied before stays.</exception>
    Task<RereadResult> RunAsync(AccountId accountId, CancellationToken cancellationToken = default);
}
