using System.Text.Json;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;
using BrxSync.Sync.Adapters.Sqlite.Statements;
using BrxSync.Sync.Stock.Guard;
using Microsoft.Data.Sqlite;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>Opens snapshot sessions on SQLite.</summary>
internal sealed class SqliteSnapshotStore(SqliteDataSource dataSource, TimeProvider time) : ISnapshotStore
{
    private readonly SqliteDatabase _database = new(dataSource);

    public async Task<ISnapshotSession?> TryOpenAsync(AccountId accountId, CancellationToken cancellationToken = default)
    {
        if (RunLock.TryTake($"{dataSource.FilePath}.{accountId}.lock") is not { } runLock)
        {
            return null;
        }

        try
        {
            var connection = await dataSource.OpenSqliteAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var epoch = await AdvanceEpochAsync(connection, accountId, cancellationToken).ConfigureAwait(false);
                await connection.ExecuteAsync(new Statement(SnapshotStatements.CreateStage), cancellationToken).ConfigureAwait(false);
                return new SqliteSnapshotSession(connection, dataSource.Writers, runLock, accountId, epoch, time);
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch
        {
            runLock.Dispose();
            throw;
        }
    }

    public async Task<IReadOnlyList<SnapshotRecord>> ListRecentAsync(
        AccountId accountId, int limit, CancellationToken cancellationToken = default) =>
        await _database.ListAsync(
            SnapshotStatements.ListRecords(string.Empty),
            Parameters.Of(accountId).Integer("limit", limit),
            SnapshotRecordRow.Read,
            cancellationToken).ConfigureAwait(false);

    public async Task<bool> TryAcceptAsync(AccountId accountId, string operationId, CancellationToken cancellationToken = default) =>
        await _database.ExecuteAsync(
            SnapshotReviewStatements.Accept,
            Parameters.Of(accountId).Text("operation", operationId),
            cancellationToken).ConfigureAwait(false) == 1;

    public Task<AcceptedSnapshot?> FindAcceptedAsync(AccountId accountId, CancellationToken cancellationToken = default) =>
        _database.FindAsync(
            SnapshotReviewStatements.FindAccepted, Parameters.Of(accountId), AcceptedSnapshotRow.Read, cancellationToken);

    internal static Parameters Of(AccountId account, SnapshotRecord record, DateTimeOffset now) => Parameters.Of(account)
        .Text("OperationId", record.OperationId)
        .Time("from", record.Window.From)
        .Time("to", record.Window.To)
        .Number("Staged", record.Staged)
        .Number("Skipped", record.Skipped)
        .Number("linked", record.Fall.Linked)
        .Number("seen", record.Fall.Seen)
        .Flag("CanBeConfirmed", record.CanBeConfirmed)
        .Text("NewCurrency", record.NewCurrency)
        .Text("verdict", StoredWords.Of(record.Outcome))
        .Text("reasons", JsonSerializer.Serialize(record.Reasons, StoreJsonContext.Default.IReadOnlyListString))
        .Time("now", now);

    private async Task<long> AdvanceEpochAsync(SqliteConnection connection, AccountId accountId, CancellationToken cancellationToken)
    {
        var write = await dataSource.Writers.BeginAsync(connection, cancellationToken).ConfigureAwait(false);
        await using (write.ConfigureAwait(false))
        {
            var advance = new Statement(
                "update user_sync_settings set epoch = epoch + 1 where user_id = @account returning epoch",
                Parameters.Of(accountId),
                write.Transaction);
            var epoch = await connection.FindNumberAsync(advance, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"Account {accountId} is not in the store: connect it first.");
            await write.CommitAsync().ConfigureAwait(false);
            return epoch;
        }
    }
}
