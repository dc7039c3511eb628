using System.Text.Json;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Snapshots;
using BrxSync.Sync.Stock;
using Dapper;
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
                await connection.ExecuteAsync(SnapshotStatements.CreateStage).ConfigureAwait(false);
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
        AccountId accountId, int limit, CancellationToken cancellationToken = default)
    {
        var rows = await _database.ListAsync<SnapshotRecordRow>(
            SnapshotStatements.ListRecords(string.Empty), new { account = accountId.ToString(), limit }, cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToRecord())];
    }

    public async Task<bool> TryAcceptAsync(AccountId accountId, string operationId, CancellationToken cancellationToken = default) =>
        await _database.ExecuteAsync(
            SnapshotReviewStatements.Accept, new { account = accountId.ToString(), operation = operationId }, cancellationToken).ConfigureAwait(false) == 1;

    public async Task<AcceptedSnapshot?> FindAcceptedAsync(AccountId accountId, CancellationToken cancellationToken = default)
    {
        var row = await _database.FindAsync<AcceptedSnapshotRow>(
            SnapshotReviewStatements.FindAccepted, new { account = accountId.ToString() }, cancellationToken).ConfigureAwait(false);
        return row?.ToAccepted();
    }

    private async Task<long> AdvanceEpochAsync(SqliteConnection connection, AccountId accountId, CancellationToken cancellationToken)
    {
        var write = await dataSource.Writers.BeginAsync(connection, cancellationToken).ConfigureAwait(false);
        await using (write.ConfigureAwait(false))
        {
            var epoch = await connection.ExecuteScalarAsync<long?>(
                "update user_sync_settings set epoch = epoch + 1 where user_id = @account returning epoch",
                new { account = accountId.ToString() },
                write.Transaction).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"Account {accountId} is not in the store: connect it first.");
            await write.CommitAsync().ConfigureAwait(false);
            return epoch;
        }
    }

    internal static object Parameters(string account, SnapshotRecord record, long now) => new
    {
        account,
        record.OperationId,
        from = StoredTime.ToMicroseconds(record.Window.From),
        to = StoredTime.ToMicroseconds(record.Window.To),
        record.Staged,
        record.Skipped,
        linked = record.Fall.Linked,
        seen = record.Fall.Seen,
        record.CanBeConfirmed,
        record.NewCurrency,
        verdict = StoredText.Of(record.Outcome),
        reasons = JsonSerializer.Serialize(record.Reasons, StoreJsonContext.Default.IReadOnlyListString),
        now,
    };
}
