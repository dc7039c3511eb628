using BrxSync.Sync;

namespace BrxSync.Hosting.Jobs;

/// <summary>Starts work in the background, here or in whichever process of the same database runs jobs.</summary>
public interface IBrxSyncJobs
{
    /// <summary>
    /// Starts a full sync of an account and returns at once. Its operation exists and the account reads
    /// <see cref="AccountStatus.InitialSync"/> when this returns. A suspension is lifted.
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="joinLive">
    /// Whether to answer with the live run, if there is one, instead of refusing. There are never two of one account.
    /// </param>
    /// <param name="cancellationToken">Cancels the request, not the sync.</param>
    /// <returns>The operation that records the sync.</returns>
    /// <exception cref="AccountNotConnectedException">The account is unknown or has no token.</exception>
    /// <exception cref="AccountStoppedException">CardTrader refused the account's token.</exception>
    /// <exception cref="SyncInProgressException">A run of the account is live and <paramref name="joinLive"/> is false.</exception>
    Task<Operation> StartSyncAsync(AccountId accountId, bool joinLive = false, CancellationToken cancellationToken = default);
}
