using BrxSync.Client.Errors;

namespace BrxSync.Sync;

/// <summary>
/// The life of seller accounts: connected, suspended, resumed, removed, purged; stopped when CardTrader refuses the token.
/// Secrets are kept encrypted.
/// </summary>
public interface IAccounts
{
    /// <summary>
    /// Connects an account, or gives a connected one a new token. CardTrader is asked who the token belongs to; only when it answers
    /// are token, shared secret and identity stored, together. A new token of the same seller lifts a stop and changes nothing else;
    /// one of another seller cancels the account's runs, and the account is idle.
    /// </summary>
    /// <param name="id">The account.</param>
    /// <param name="token">The CardTrader token as copied from the website.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The account as stored.</returns>
    /// <exception cref="ArgumentException">The token is blank or cannot be a token.</exception>
    /// <exception cref="AccountInUseException">The seller is linked to another account; nothing was stored.</exception>
    /// <exception cref="CardTraderAuthenticationException">CardTrader refuses the token; nothing was stored.</exception>
    /// <exception cref="CardTraderException">CardTrader could not be asked; nothing was stored.</exception>
    Task<Account> ConnectAsync(AccountId id, string token, CancellationToken cancellationToken = default);

    /// <summary>
    /// Suspends an account: its token is kept, its live run is cancelled, and no call is made and no change sent until it is resumed.
    /// Suspending it again changes nothing.
    /// </summary>
    /// <param name="id">The account.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The account as stored.</returns>
    /// <exception cref="AccountNotConnectedException">The account is unknown.</exception>
    Task<Account> SuspendAsync(AccountId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Says whether changes of an account are sent to CardTrader. Off, they are made here and wait; all that is read goes on.
    /// </summary>
    /// <param name="id">The account.</param>
    /// <param name="enabled">Whether they are sent.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The account as stored.</returns>
    /// <exception cref="AccountUnknownException">There is no such account.</exception>
    Task<Account> SetWritesEnabledAsync(AccountId id, bool enabled, CancellationToken cancellationToken = default);

    /// <summary>
    /// Says how many copies of each item are held back from CardTrader. It holds for items that have no safety stock of their own
    /// (<see cref="ItemEdit.SafetyStock"/>); their copies are moved, and the moves sent, by the next push. Set again, it also tries anew
    /// where that failed.
    /// </summary>
    /// <param name="id">The account.</param>
    /// <param name="safetyStock">The safety stock; <see cref="SafetyStock.None"/> to list all copies.</param>
    /// <param name="actor">Who says so, for the journal: at most 200 characters; null for nobody in particular.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The account as stored.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number of the safety stock is out of its range.</exception>
    /// <exception cref="ArgumentException">The actor's name is too long.</exception>
    /// <exception cref="AccountUnknownException">There is no such account.</exception>
    Task<Account> SetSafetyStockAsync(
        AccountId id, SafetyStock safetyStock, string? actor = null, CancellationToken cancellationToken = default);

    /// <summary>Lifts a suspension, so that what waited goes on. An account that is not suspended stays as it is.</summary>
    /// <param name="id">The account.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The account as stored.</returns>
    /// <exception cref="AccountNotConnectedException">The account is unknown.</exception>
    Task<Account> ResumeAsync(AccountId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes an account's connection: its live run is cancelled, token, webhook secret and CardTrader's ids are erased, and work that
    /// waits is discarded. Its stock stays, until the account is purged. Removing it again changes nothing.
    /// </summary>
    /// <param name="id">The account.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The account as stored.</returns>
    /// <exception cref="AccountNotConnectedException">The account is unknown.</exception>
    Task<Account> RemoveAsync(AccountId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes all that is kept of an account whose connection was removed, its stock and its journal among it, from every table, and then
    /// the account itself. It goes by batches of <see cref="Retention.RetentionOptions.BatchSize"/> rows, each in a transaction of its own;
    /// interrupted, it goes on when it is called again. It cannot be undone.
    /// </summary>
    /// <param name="id">The account.</param>
    /// <param name="progress">Is told after each batch; null for nobody.</param>
    /// <param name="cancellationToken">Cancels between two batches; what was removed stays so.</param>
    /// <returns>How many rows were removed.</returns>
    /// <exception cref="AccountNotRemovedException">
    /// The account is connected, or was connected again meanwhile: <see cref="RemoveAsync"/> comes first.
    /// </exception>
    /// <exception cref="AccountUnknownException">Nothing is kept of the account.</exception>
    Task<long> PurgeAsync(
        AccountId id, IProgress<AccountPurgeProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Tells where an account stands.</summary>
    /// <param name="id">The account.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Its state, or null when it is unknown.</returns>
    Task<Account?> FindAsync(AccountId id, CancellationToken cancellationToken = default);

    /// <summary>Lists all accounts in the order of their ids, as they are read.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The accounts.</returns>
    IAsyncEnumerable<Account> StreamAsync(CancellationToken cancellationToken = default);

    /// <summary>Encrypts every stored secret with the first key, so that older keys can be taken out of the configuration.</summary>
    /// <param name="cancellationToken">Cancels between accounts.</param>
    /// <returns>How many accounts were encrypted anew.</returns>
    /// <exception cref="SecretUnreadableException">No configured key opens a stored secret; accounts before it are done.</exception>
    Task<int> ReencryptAsync(CancellationToken cancellationToken = default);
}
