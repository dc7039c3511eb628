using System.Buffers.Binary;
using System.Text.Json;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Adapters.PostgreSql.Connections;
using BrxSync.Sync.Adapters.PostgreSql.Statements;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Stock.Guard;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>Opens snapshot sessions on PostgreSQL.</summary>
internal sealed partial class PostgreSqlSnapshotStore(
    PostgreSqlPool pool, PostgreSqlOptions options, ILogger<PostgreSqlSnapshotStore> logger)
    : ISnapshotStore, IDisposable
{
    private readonly PostgreSqlDataSource _dataSource = pool.DataSource;
    private readonly SemaphoreSlim _places = new(pool.MaxRuns);

    public void Dispose() => _places.Dispose();

    public async Task<ISnapshotSession?> TryOpenAsync(AccountId accountId, CancellationToken cancellationToken = default)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await pool.Sessions.OpenNpgsqlAsync(cancellationToken).ConfigureAwait(false);

            // Session level: held through the download without a transaction, and gone the moment the process or its connection is.
            var locked = await connection.FindAsync(
                new Statement("select pg_try_advisory_lock(@key) as locked", new Parameters().Number("key", LockKey(accountId))),
                static row => row.Flag("locked"),
                cancellationToken).ConfigureAwait(false);
            if (!locked)
            {
                await ReleaseAsync(connection).ConfigureAwait(false);
                return null;
            }

            // The new epoch fences out a run that lost its lock with its connection and wakes up late.
            var epoch = await connection.FindNumberAsync(
                new Statement(
                    "update user_sync_settings set epoch = epoch + 1 where user_id = @account returning epoch",
                    PostgreSqlParameters.Of(accountId)),
                cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"Account {accountId} is not in the store: connect it first.");
            await connection.ExecuteAsync(
                new Statement(SnapshotStatements.NoticeDeath + SnapshotStatements.CreateStage), cancellationToken).ConfigureAwait(false);
            return new PostgreSqlSnapshotSession(connection, accountId, epoch, options, ReleaseAsync);
        }
        catch
        {
            await ReleaseAsync(connection).ConfigureAwait(false);
            throw;
        }
    }

    public async Task<IReadOnlyList<SnapshotRecord>> ListRecentAsync(
        AccountId accountId, int limit, CancellationToken cancellationToken = default)
    {
        var connection = await _dataSource.OpenNpgsqlAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await ListAsync(connection, accountId, limit, string.Empty, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<bool> TryAcceptAsync(AccountId accountId, string operationId, CancellationToken cancellationToken = default)
    {
        var connection = await _dataSource.OpenNpgsqlAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await connection.ExecuteAsync(
                new Statement(SnapshotReviewStatements.Accept, PostgreSqlParameters.Of(accountId).Text("operation", operationId)),
                cancellationToken).ConfigureAwait(false) == 1;
        }
    }

    public async Task<AcceptedSnapshot?> FindAcceptedAsync(AccountId accountId, CancellationToken cancellationToken = default)
    {
        var connection = await _dataSource.OpenNpgsqlAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await FindAcceptedAsync(connection, accountId, cancellationToken).ConfigureAwait(false);
        }
    }

    internal static Task<AcceptedSnapshot?> FindAcceptedAsync(
        NpgsqlConnection connection, AccountId accountId, CancellationToken cancellationToken) =>
        connection.FindAsync(
            new Statement(SnapshotReviewStatements.FindAccepted, PostgreSqlParameters.Of(accountId)),
            AcceptedSnapshotRow.Read,
            cancellationToken);

    internal static async Task<IReadOnlyList<SnapshotRecord>> ListAsync(
        NpgsqlConnection connection, AccountId accountId, int limit, string condition, CancellationToken cancellationToken) =>
        await connection.ListAsync(
            new Statement(
                $"""
                select operation_id as OperationId, (extract(epoch from window_from) * 1000000)::bigint as WindowFrom,
                       (extract(epoch from window_to) * 1000000)::bigint as WindowTo, staged as Staged, skipped as Skipped,
                       fall_linked as FallLinked, fall_seen as FallSeen, can_be_confirmed as CanBeConfirmed, new_currency as NewCurrency,
                       verdict as Verdict, reasons::text as Reasons, (extract(epoch from created_at) * 1000000)::bigint as CreatedAt
                from sync_snapshots where user_id = @account {condition} order by id desc limit @limit
                """,
                PostgreSqlParameters.Of(accountId).Integer("limit", limit)),
            SnapshotRecordRow.Read,
            cancellationToken).ConfigureAwait(false);

    /// <summary>One insert, part of the caller's transaction when it has one.</summary>
    internal static Task RecordAsync(
        NpgsqlConnection connection, AccountId accountId, SnapshotRecord record, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            new Statement(
                """
                insert into sync_snapshots (user_id, operation_id, window_from, window_to, staged, skipped, fall_linked, fall_seen,
                                            can_be_confirmed, new_currency, verdict, reasons)
                values (@account, @OperationId, @from, @to, @Staged, @Skipped, @linked, @seen,
                        @CanBeConfirmed, @NewCurrency, @verdict, @reasons::jsonb)
                """,
                PostgreSqlParameters.Of(accountId)
                    .Text("OperationId", record.OperationId)
                    .Instant("from", record.Window.From)
                    .Instant("to", record.Window.To)
                    .Number("Staged", record.Staged)
                    .Number("Skipped", record.Skipped)
                    .Number("linked", record.Fall.Linked)
                    .Number("seen", record.Fall.Seen)
                    .Flag("CanBeConfirmed", record.CanBeConfirmed)
                    .Text("NewCurrency", record.NewCurrency)
                    .Text("verdict", StoredWords.Of(record.Outcome))
                    .Text("reasons", JsonSerializer.Serialize(record.Reasons, StoreJsonContext.Default.IReadOnlyListString))),
            cancellationToken);

    /// <summary>
    /// Gives back what a session holds. The pool resets a connection only when it is used again, so lock and stage are freed here; where
    /// that fails the physical connection is closed instead, which frees them too.
    /// </summary>
    private async Task ReleaseAsync(NpgsqlConnection? connection)
    {
        try
        {
            if (connection is null)
            {
                return;
            }

            try
            {
                await connection.ExecuteAsync(new Statement(SnapshotStatements.Release), CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                Log.SessionNotReleased(logger, exception);
                NpgsqlConnection.ClearPool(connection);
            }

            await connection.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    private static long LockKey(AccountId accountId)
    {
        Span<byte> bytes = stackalloc byte[16];
        accountId.Value.TryWriteBytes(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes) ^ BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.SessionNotReleased,
            LogLevel.Warning,
            "A sync's connection could not be reset; the idle connections of the pool are closed instead")]
        public static partial void SessionNotReleased(ILogger logger, Exception exception);
    }
}
