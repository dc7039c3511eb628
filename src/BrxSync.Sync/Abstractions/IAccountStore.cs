using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Abstractions;

/// <summary>Keeps the seller accounts. Implemented by each database adapter.</summary>
internal interface IAccountStore
{
    /// <summary>Finds an account.</summary>
    /// <param name="id">The account.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The account, or null when it is unknown.</returns>
    Task<AccountRecord?> FindAsync(AccountId id, CancellationToken cancellationToken = default);

    /// <summary>Streams all accounts in the order of their ids.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The accounts.</returns>
    IAsyncEnumerable<AccountRecord> StreamAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Creates the account or gives it a new connection, in one transaction. A stop is lifted; a suspension is not. A connection to
    /// another seller than before also cancels
    /// its runs as <see cref="SuspendAsync"/> does, and forgets what was known of the former one but its stock.
    /// </summary>
    /// <param name="connection">Token, secret and identity.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The account as stored.</returns>
    /// <exception cref="AccountInUseException">Another account is linked to that seller; nothing was stored.</exception>
    Task<AccountRecord> SaveConnectionAsync(AccountConnection connection, CancellationToken cancellationToken = default);

    /// <summary>Replaces the ciphertext of token and secret if both are still the expected ones (key rotation).</summary>
    /// <param name="expected">The account as it was read.</param>
    /// <param name="token">The new ciphertext of the token, or null when there is none.</param>
    /// <param name="webhookSecret">The new ciphertext of the secret, or null when there is none.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>False when somebody else changed them meanwhile.</returns>
    Task<bool> ReplaceSecretsAsync(
        AccountRecord expected, string? token, string? webhookSecret, CancellationToken cancellationToken = default);

    /// <summary>Records where the account stands.</summary>
    /// <param name="id">The account.</param>
    /// <param name="status">The new status.</param>
    /// <param name="error">A short safe sentence, or null to clear the last error.</param>
    /// <param name="syncedAt">When a successful full sync ended, or null to keep the old time.</param>
    /// <param name="epoch">The epoch of the run that says so: once it is over, nothing is written. Null writes in any case.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>A task that ends when the row is stored.</returns>
    Task SetStatusAsync(
        AccountId id,
        AccountStatus status,
        string? error,
        DateTimeOffset? syncedAt,
        long? epoch = null,
        CancellationToken cancellationToken = default);

    /// <summary>Says whether changes of the account are sent.</summary>
    /// <param name="id">The account.</param>
    /// <param name="enabled">Whether they are.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The account as stored, or null when it is unknown.</returns>
    Task<AccountRecord?> SetWritesEnabledAsync(AccountId id, bool enabled, CancellationToken cancellationToken = default);

    /// <summary>
    /// Says how many copies are held back of items that have no safety stock of their own, and has them looked at, in one transaction.
    /// </summary>
    /// <param name="id">The account.</param>
    /// <param name="safetyStock">The safety stock.</param>
    /// <param name="actor">Who says so; null for nobody in particular.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The account as stored, or null when it is unknown.</returns>
    Task<AccountRecord?> SetSafetyStockAsync(
        AccountId id, SafetyStock safetyStock, string? actor, CancellationToken cancellationToken = default);

    /// <summary>
    /// Suspends the account in one transaction: its runs are fenced out by a new epoch, their operations are cancelled (one whose
    /// snapshot is committed already is completed), and its status is idle.
    /// </summary>
    /// <param name="id">The account.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The account as stored, or null when it is unknown.</returns>
    Task<AccountRecord?> SuspendAsync(AccountId id, CancellationToken cancellationToken = default);

    /// <summary>Lifts a suspension.</summary>
    /// <param name="id">The account.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The account as stored, or null when it is unknown.</returns>
    Task<AccountRecord?> ResumeAsync(AccountId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Does what <see cref="SuspendAsync"/> does and erases token, secret, CardTrader's ids, and the work that waits, in one
    /// transaction. Stock, journal and operations stay.
    /// </summary>
    /// <param name="id">The account.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The account as stored, or null when it is unknown.</returns>
    Task<AccountRecord?> RemoveAsync(AccountId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Records that CardTrader refused a token, unless the account has another one by now or is stopped already. Operations that wait are
    /// failed with the reason, in the same transaction.
    /// </summary>
    /// <param name="refused">The account as it was read for the call that was refused.</param>
    /// <param name="reason">What a person should do.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>Whether this call stopped the account.</returns>
    Task<bool> StopAsync(AccountRecord refused, string reason, CancellationToken cancellationToken = default);
}
