using System.Data.Common;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Keeps accounts in <c>user_sync_settings</c>. A unique index links each seller of CardTrader to one of them.</summary>
internal sealed class SqlAccountStore(Database database, AccountStatements sql, TimeProvider time) : IAccountStore
{
    private const string UniqueViolation = "23505";

    public Task<AccountRecord?> FindAsync(AccountId id, CancellationToken cancellationToken = default) =>
        database.FindAsync(sql.Find, Of(id), AccountRow.Read, cancellationToken);

    public IAsyncEnumerable<AccountRecord> StreamAsync(CancellationToken cancellationToken = default) =>
        database.StreamAsync(sql.Stream, null, AccountRow.Read, cancellationToken);

    public async Task<AccountRecord> SaveConnectionAsync(AccountConnection connection, CancellationToken cancellationToken = default)
    {
        try
        {
            return await InTransactionAsync(connection.Id, work => ConnectAsync(work, connection), cancellationToken).ConfigureAwait(false)
                ?? throw InUse(connection.Id, null);
        }
        catch (DbException exception) when (exception.SqlState == UniqueViolation)
        {
            // Two accounts asked for one seller at the same moment; SQLite has one writer and meets this in the statement itself.
            throw InUse(connection.Id, exception);
        }
    }

    public async Task<bool> ReplaceSecretsAsync(
        AccountRecord expected, string? token, string? webhookSecret, CancellationToken cancellationToken = default) =>
        await database.ExecuteAsync(
            sql.ReplaceSecrets,
            Now(expected.Id)
                .Text("expectedToken", expected.TokenCiphertext)
                .Text("expectedSecret", expected.WebhookSecretCiphertext)
                .Text("token", token)
                .Text("webhookSecret", webhookSecret),
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
            Now(id).Text("status", StoredWords.Of(status)).Text("error", error).Time("syncedAt", syncedAt).Number("epoch", epoch),
            cancellationToken);

    public Task<AccountRecord?> SuspendAsync(AccountId id, CancellationToken cancellationToken = default) =>
        InTransactionAsync(
            id,
            async work =>
            {
                await work.ExecuteAsync(sql.FenceRuns).ConfigureAwait(false);
                await work.ExecuteAsync(sql.CancelOperations).ConfigureAwait(false);
                return await work.FindAsync(sql.Suspend).ConfigureAwait(false);
            },
            cancellationToken);

    public Task<AccountRecord?> SetWritesEnabledAsync(AccountId id, bool enabled, CancellationToken cancellationToken = default) =>
        database.WriteAsync(sql.SetWrites, Now(id).Flag("enabled", enabled), AccountRow.Read, cancellationToken);

    public Task<AccountRecord?> SetSafetyStockAsync(
        AccountId id, SafetyStock safetyStock, string? actor, CancellationToken cancellationToken = default)
    {
        var setting = Now(id).Integer("copies", safetyStock.Copies).Integer("percent", safetyStock.Percent).Text("actor", actor);
        return InTransactionAsync(
            id,
            async work =>
            {
                var stored = await work.FindAsync(sql.SetSafetyStock, setting).ConfigureAwait(false);
                await work.ExecuteAsync(sql.MarkHolds, setting).ConfigureAwait(false);
                return stored;
            },
            cancellationToken);
    }

    public Task<AccountRecord?> ResumeAsync(AccountId id, CancellationToken cancellationToken = default) =>
        database.WriteAsync(sql.Resume, Now(id), AccountRow.Read, cancellationToken);

    public Task<AccountRecord?> RemoveAsync(AccountId id, CancellationToken cancellationToken = default) =>
        InTransactionAsync(
            id,
            async work =>
            {
                await work.ExecuteAsync(sql.FenceRuns).ConfigureAwait(false);
                await work.ExecuteAsync(sql.CancelOperations).ConfigureAwait(false);
                await work.ExecuteAsync(sql.DiscardWork).ConfigureAwait(false);
                await work.ExecuteAsync(sql.ForgetSeller).ConfigureAwait(false);
                return await work.FindAsync(sql.Erase).ConfigureAwait(false);
            },
            cancellationToken);

    public async Task<bool> StopAsync(AccountRecord refused, string reason, CancellationToken cancellationToken = default)
    {
        var parameters = Now(refused.Id).Text("token", refused.TokenCiphertext).Text("reason", reason);
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

    private async Task<AccountRecord?> ConnectAsync(Work work, AccountConnection connection)
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
            Now(connection.Id)
                .Text("TokenCiphertext", connection.TokenCiphertext)
                .Text("WebhookSecretCiphertext", connection.WebhookSecretCiphertext)
                .Number("CardTraderUserId", connection.CardTraderUserId)
                .Number("CardTraderAppId", connection.CardTraderAppId)
                .Text("CardTraderAppName", connection.CardTraderAppName)).ConfigureAwait(false);
    }

    private static Parameters Of(AccountId id) => new Parameters().Text("id", id.ToString());

    private Parameters Now(AccountId id) => Of(id).Time("now", time.GetUtcNow());

    private Task<AccountRecord?> InTransactionAsync(
        AccountId id, Func<Work, Task<AccountRecord?>> steps, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            (connection, transaction) => steps(new Work(connection, transaction, Now(id), cancellationToken)),
            cancellationToken);

    private static AccountInUseException InUse(AccountId id, Exception? cause) => new(
        $"The CardTrader account of this token is linked to another account than {id}: "
        + "remove it there first, or use the token of another seller.",
        cause);

    /// <summary>The statements of one transaction about one account.</summary>
    private sealed class Work(DbConnection connection, DbTransaction transaction, Parameters account, CancellationToken cancellationToken)
    {
        public Task<int> ExecuteAsync(string statement, Parameters? parameters = null) =>
            connection.ExecuteAsync(In(statement, parameters), cancellationToken);

        public Task<AccountRecord?> FindAsync(string statement, Parameters? parameters = null) =>
            connection.FindAsync(In(statement, parameters), AccountRow.Read, cancellationToken);

        public Task<long?> LockSellerAsync(string statement) => connection.FindNumberAsync(In(statement, null), cancellationToken);

        private Statement In(string statement, Parameters? parameters) => new(statement, parameters ?? account, transaction);
    }
}
