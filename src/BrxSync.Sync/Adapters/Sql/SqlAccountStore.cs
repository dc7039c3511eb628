using System.Runtime.CompilerServices;
using BrxSync.Sync.Abstractions;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Keeps accounts in <c>user_sync_settings</c>.</summary>
internal sealed class SqlAccountStore(Database database, AccountStatements sql, TimeProvider time) : IAccountStore
{
    public async Task<Account?> FindAsync(AccountId id, CancellationToken cancellationToken = default)
    {
        var row = await database.FindAsync<AccountRow>(sql.Find, new { id = id.ToString() }, cancellationToken).ConfigureAwait(false);
        return row?.ToAccount();
    }

    public async IAsyncEnumerable<Account> StreamAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var row in database.StreamAsync<AccountRow>(sql.Stream, null, cancellationToken).ConfigureAwait(false))
        {
            yield return row.ToAccount();
        }
    }

    public async Task<Account> SaveConnectionAsync(AccountConnection connection, CancellationToken cancellationToken = default)
    {
        var row = await database.FindAsync<AccountRow>(
            sql.Save,
            new
            {
                id = connection.Id.ToString(),
                connection.TokenCiphertext,
                connection.WebhookSecretCiphertext,
                connection.CardTraderUserId,
                connection.CardTraderAppId,
                connection.CardTraderAppName,
                now = StoredTime.Now(time),
            },
            cancellationToken).ConfigureAwait(false);
        return row!.ToAccount();
    }

    public async Task<bool> ReplaceSecretsAsync(
        AccountId id, string expectedToken, string token, string? webhookSecret, CancellationToken cancellationToken = default) =>
        await database.ExecuteAsync(
            sql.ReplaceSecrets,
            new { id = id.ToString(), expectedToken, token, webhookSecret, now = StoredTime.Now(time) },
            cancellationToken).ConfigureAwait(false) == 1;

    public Task SetStatusAsync(
        AccountId id, AccountStatus status, string? error, DateTimeOffset? syncedAt, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(
            sql.SetStatus,
            new
            {
                id = id.ToString(),
                status = StoredText.Of(status),
                error,
                syncedAt = syncedAt is { } at ? StoredTime.ToMicroseconds(at) : (long?)null,
                now = StoredTime.Now(time),
            },
            cancellationToken);
}
