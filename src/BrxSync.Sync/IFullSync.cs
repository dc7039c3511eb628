namespace BrxSync.Sync;

/// <summary>
/// Brings an account's whole local stock to what CardTrader lists: streams the export, stages it, judges it, and writes only what
/// differs in one transaction. One run per account at a time, over all processes.
/// </summary>
public interface IFullSync
{
    /// <summary>
    /// Runs one full sync to its end. A snapshot that cannot be trusted, a marketplace that refuses or cannot be reached: these are
    /// results, and the stock stays as it was; the operation's record tells the same.
    /// </summary>
    /// <param name="request">What to synchronize, and how.</param>
    /// <param name="progress">Receives the counters about four times a second and at every change of phase, or null.</param>
    /// <param name="cancellationToken">Cancels the run; nothing of it is applied unless it was already committed.</param>
    /// <returns>How it ended.</returns>
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
    Task<SyncResult> RunAsync(
        SyncRequest request, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Starts one full sync and returns at once.</summary>
    /// <param name="request">What to synchronize, and how.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The run, to watch or to wait for.</returns>
    SyncRun Start(SyncRequest request, CancellationToken cancellationToken = default);
}
