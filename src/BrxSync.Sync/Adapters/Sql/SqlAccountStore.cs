using System.Data.Common;
using System.Runtime.CompilerServices;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Accounts;
using Dapper;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Keeps accounts in <c>user_sync_settings</c>. A unique index links each seller of CardTrader to one of them.</summary>
internal sealed class SqlAccountStore(Database database, AccountStatements sql, TimeProvider time) : IAccountStore
{
    private const string UniqueViolation = "23505";

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
        try
        {
            var row = await InTransactionAsync(connection.Id, work => ConnectAsync(work, connection), cancellationToken).ConfigureAwait(false);
            return row?.ToAccount() ?? throw InUse(connection.Id, null);
        }
        catch (DbException exception) when (exception.SqlState == UniqueViolation)
        {
            // Two accounts asked for one seller at the same moment; SQLite has one writer and meets this in the statement itself.
            throw InUse(connection.Id, exception);
        }
    }

    public async Task<bool> ReplaceSecretsAsync(
        Account expected, string? token, string? webhookSecret, CancellationToken cancellationToken = default) =>
        await database.ExecuteAsync(
            sql.ReplaceSecrets,
            new
            {
                id = expected.Id.ToString(),
                expectedToken = expected.TokenCiphertext,
                expectedSecret = expected.WebhookSecretCiphertext,
                token,
                webhookSecret,
                now = StoredTime.Now(time),
            },
            cancellationToken).ConfigureAwait(false) == 1;

    public Task SetStatusAsync(
        AccountId id,
        AccountStatus status,
        string? error,
        DateTimeOffset? syncedAt,
        long? epoch = null,
        CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(
            sql.SetStatus,
            new
            {
                id = id.ToString(),
                status = StoredText.Of(status),
                error,
                syncedAt = syncedAt is { } at ? StoredTime.ToMicroseconds(at) : (long?)null,
                epoch,
                now = StoredTime.Now(time),
            },
            cancellationToken);

    public async Task<Account?> SuspendAsync(AccountId id, CancellationToken cancellationToken = default)
    {
        var row = await InTransactionAsync(
            id,
            async work =>
            {
                await work.ExecuteAsync(sql.FenceRuns).ConfigureAwait(false);
                await work.ExecuteAsync(sql.CancelOperations).ConfigureAwait(false);
                return await work.FindAsync(sql.Suspend).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return row?.ToAccount();
    }

    public async Task<Account?> ResumeAsync(AccountId id, CancellationToken cancellationToken = default)
    {
        var row = await database.WriteAsync<AccountRow>(
            sql.Resume, new { id = id.ToString(), now = StoredTime.Now(time) }, cancellationToken).ConfigureAwait(false);
        return row?.ToAccount();
    }

    public async Task<Account?> RemoveAsync(AccountId id, CancellationToken cancellationToken = default)
    {
        var row = await InTransactionAsync(
            id,
            async work =>
            {
                await work.ExecuteAsync(sql.FenceRuns).ConfigureAwait(false);
                await work.ExecuteAsync(sql.CancelOperations).ConfigureAwait(false);
                await work.ExecuteAsync(sql.DiscardWork).ConfigureAwait(false);
                await work.ExecuteAsync(sql.ForgetSeller).ConfigureAwait(false);
                return await work.FindAsync(sql.Erase).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return row?.ToAccount();
    }

    public async Task<bool> StopAsync(Account refused, string reason, CancellationToken cancellationToken = default)
    {
        var parameters = new { id = refused.Id.ToString(), token = refused.TokenCiphertext, reason, now = StoredTime.Now(time) };
        var stopped = await InTransactionAsync(
            refused.Id,
            async work =>
            {
                var row = await work.FindAsync(sql.Stop, parameters).ConfigureAwait(false);
                if (row is not null)
                {
                    await work.ExecuteAsync(sql.FailQueued, parameters).ConfigureAwait(false);
                }

                return row;
            },
            cancellationToken).ConfigureAwait(false);
        return stopped is not null;
    }

    private async Task<AccountRow?> ConnectAsync(Work work, AccountConnection connection)
    {
        await work.ExecuteAsync(sql.Create).ConfigureAwait(false);
        var seller = await work.LockSellerAsync(sql.LockSeller).ConfigureAwait(false);
        if (seller is not null && connection.CardTraderUserId is { } next && next != seller)
        {
            await work.ExecuteAsync(sql.FenceRuns).ConfigureAwait(false);
            await work.ExecuteAsync(sql.CancelOperations).ConfigureAwait(false);
            await work.ExecuteAsync(sql.DiscardWork).ConfigureAwait(false);
            await work.ExecuteAsync(sql.ForgetSeller).ConfigureAwait(false);
        }

        return await work.FindAsync(
            sql.Connect,
            new
            {
                id = connection.Id.ToString(),
                connection.TokenCiphertext,
                connection.WebhookSecretCiphertext,
                connection.CardTraderUserId,
                connection.CardTraderAppId,
                connection.CardTraderAppName,
                now = StoredTime.Now(time),
            }).ConfigureAwait(false);
    }

    private Task<AccountRow?> InTransactionAsync(AccountId id, Func<Work, Task<AccountRow?>> steps, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            (connection, transaction) => steps(
                new Work(connection, transaction, new { id = id.ToString(), now = StoredTime.Now(time) }, cancellationToken)),
            cancellationToken);

    private static AccountInUseException InUse(AccountId id, Exception? cause) => new(
        $"The CardTrader account of this token is linked to another account than {id}: remove it there first, or use the token of another seller.", cause);

    /// <summary>The statements of one transaction about one account.</summary>
    private sealed class Work(DbConnection connection, DbTransaction transaction, object account, CancellationToken cancellationToken)
    {
        public Task<int> ExecuteAsync(string statement, object? parameters = null) =>
            connection.ExecuteAsync(Command(statement, parameters ?? account));

        public Task<AccountRow?> FindAsync(string statement, object? parameters = null) =>
            connection.QuerySingleOrDefaultAsync<AccountRow>(Command(statement, parameters ?? account));

        public Task<long?> LockSellerAsync(string statement) => connection.ExecuteScalarAsync<long?>(Command(statement, account));

        private CommandDefinition Command(string statement, object parameters) =>
            new(statement, parameters, transaction, cancellationToken: cancellationToken);
    }
}
