namespace BrxSync.Sync.Abstractions;

/// <summary>Keeps the seller accounts. Implemented by each database adapter.</summary>
public interface IAccountStore
{
    /// <summary>Finds an account.</summary>
    /// <param name="id">The account.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The account, or null when it is unknown.</returns>
    Task<Account?> FindAsync(AccountId id, CancellationToken cancellationToken = default);

    /// <summary>Streams all accounts in the order of their ids.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The accounts.</returns>
    IAsyncEnumerable<Account> StreamAsync(CancellationToken cancellationToken = default);

    /// <summary>Creates the account or replaces what belongs to its connection; stock and history stay.</summary>
    /// <param name="connection">Token, secret and identity, stored in one transaction.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The account as stored.</returns>
    Task<Account> SaveConnectionAsync(AccountConnection connection, CancellationToken cancellationToken = default);

    /// <summary>Replaces the ciphertext of token and secret if the token is still the expected one (key rotation).</summary>
    /// <param name="id">The account.</param>
    /// <param name="expectedToken">The ciphertext that was read.</param>
    /// <param name="token">The new ciphertext of the token.</param>
    /// <param name="webhookSecret">The new ciphertext of the secret.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>False when somebody else changed the token meanwhile.</returns>
    Task<bool> ReplaceSecretsAsync(
        AccountId id, string expectedToken, string token, string? webhookSecret, CancellationToken cancellationToken = default);

    /// <summary>Records where the account stands.</summary>
    /// <param name="id">The account.</param>
    /// <param name="status">The new status.</param>
    /// <param name="error">A short safe sentence, or null to clear the last error.</param>
    /// <param name="syncedAt">When a successful full sync ended, or null to keep the old time.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>A task that ends when the row is stored.</returns>
    Task SetStatusAsync(
        AccountId id, AccountStatus status, string? error, DateTimeOffset? syncedAt, CancellationToken cancellationToken = default);
}
