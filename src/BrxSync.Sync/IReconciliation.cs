namespace BrxSync.Sync;

/// <summary>
/// Compares an account's whole stock with CardTrader field by field, stores a report of what differed, then repairs what the rules
/// allow, as a full sync does. It finds also what another program changed in the table behind the service's back.
/// </summary>
public interface IReconciliation
{
    /// <summary>
    /// Runs one reconciliation to its end. Its report is found in <see cref="IDriftReports"/> under the operation of the result; a run
    /// that failed before it could compare leaves none.
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Cancels the run; nothing of it is applied unless it was already committed.</param>
    /// <returns>How it ended. Only <see cref="OperationStatus.Completed"/> is success.</returns>
    /// <exception cref="AccountNotConnectedException">The account is unknown or has no token.</exception>
    /// <exception cref="AccountSuspendedException">The account is suspended.</exception>
    /// <exception cref="AccountStoppedException">CardTrader refused the account's token; no call was made.</exception>
    /// <exception cref="SyncInProgressException">Another run of the account is alive, here or in another process.</exception>
    /// <exception cref="OperationCanceledException">
    /// The run was cancelled, or its account was suspended, removed or linked to another seller.
    /// </exception>
    /// <exception cref="SyncFencedException">
    /// This process was paused and another run took the account over; this one changed nothing.
    /// </exception>
    /// <exception cref="System.Data.Common.DbException">The database failed; nothing was applied.</exception>
    Task<SyncResult> RunAsync(AccountId accountId, CancellationToken cancellationToken = default);
}
