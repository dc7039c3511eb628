using System.Buffers.Binary;
using System.Text.Json;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Stock.Guard;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>Opens snapshot sessions on PostgreSQL.</summary>
internal sealed partial class PostgreSqlSnapshotStore(PostgreSqlPool pool, PostgreSqlOptions options, ILogger<PostgreSqlSnapshotStore> logger)
    : ISnapshotStore, IDisposable
{
    private readonly PostgreSqlDataSource _dataSource = pool.DataSource;
    private readonly SemaphoreSlim _places = new(Math.Max(1, pool.MaxSize / 2));

    public void Dispose() => _places.Dispose();

    public async Task<ISnapshotSession?> TryOpenAsync(AccountId accountId, CancellationToken cancellationToken = default)
    {
        // A run holds one connection and asks for others now and then: were all of them held by runs, none could go on.
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await _dataSource.OpenNpgsqlAsync(cancellationToken).ConfigureAwait(false);

            // Session level: held through the download without a transaction, and gone the moment the process or its connection is.
            var locked = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                "select pg_try_advisory_lock(@key)", new { key = LockKey(accountId) }, cancellationToken: cancellationToken)).ConfigureAwait(false);
            if (!locked)
            {
                await ReleaseAsync(connection).ConfigureAwait(false);
                return null;
            }

            // The new epoch fences out a run that lost its lock with its connection and wakes up late.
            var epoch = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
                "update user_sync_settings set epoch = epoch + 1 where user_id = @account returning epoch",
                new { account = accountId.Value },
                cancellationToken: cancellationToken)).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"Account {accountId} is not in the store: connect it first.");
            await connection.ExecuteAsync(new CommandDefinition(
                SnapshotStatements.NoticeDeath + SnapshotStatements.CreateStage, cancellationToken: cancellationToken)).ConfigureAwait(false);
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
            return await connection.ExecuteAsync(new CommandDefinition(
                SnapshotReviewStatements.Accept, new { account = accountId.Value, operation = operationId }, cancellationToken: cancellationToken)).ConfigureAwait(false) == 1;
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

    internal static async Task<AcceptedSnapshot?> FindAcceptedAsync(
        NpgsqlConnection connection, AccountId accountId, CancellationToken cancellationToken)
    {
        var row = await connection.QuerySingleOrDefaultAsync<AcceptedSnapshotRow>(new CommandDefinition(
            SnapshotReviewStatements.FindAccepted, new { account = accountId.Value }, cancellationToken: cancellationToken)).ConfigureAwait(false);
        return row?.ToAccepted();
    }

    internal static async Task<IReadOnlyList<SnapshotRecord>> ListAsync(
        NpgsqlConnection connection, AccountId accountId, int limit, string condition, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<SnapshotRecordRow>(new CommandDefinition(
            $"""
            select operation_id as OperationId, (extract(epoch from window_from) * 1000000)::bigint as WindowFrom,
                   (extract(epoch from window_to) * 1000000)::bigint as WindowTo, staged as Staged, skipped as Skipped,
                   fall_linked as FallLinked, fall_seen as FallSeen, can_be_confirmed as CanBeConfirmed, new_currency as NewCurrency, verdict as Verdict,
                   reasons::text as Reasons, (extract(epoch from created_at) * 1000000)::bigint as CreatedAt
            from sync_snapshots where user_id = @account {condition} order by id desc limit @limit
            """,
            new { account = accountId.Value, limit },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToRecord())];
    }

    /// <summary>One insert, part of the caller's transaction when it has one.</summary>
    internal static Task RecordAsync(
        NpgsqlConnection connection, AccountId accountId, SnapshotRecord record, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            insert into sync_snapshots (user_id, operation_id, window_from, window_to, staged, skipped, fall_linked, fall_seen,
                                        can_be_confirmed, new_currency, verdict, reasons)
            values (@account, @OperationId, @from, @to, @Staged, @Skipped, @linked, @seen, @CanBeConfirmed, @NewCurrency, @verdict, @reasons::jsonb)
            """,
            new
            {
                account = accountId.Value,
                record.OperationId,
                from = record.Window.From,
                to = record.Window.To,
                record.Staged,
                record.Skipped,
                linked = record.Fall.Linked,
                seen = record.Fall.Seen,
                record.CanBeConfirmed,
                record.NewCurrency,
                verdict = StoredText.Of(record.Outcome),
                reasons = JsonSerializer.Serialize(record.Reasons, StoreJsonContext.Default.IReadOnlyListString),
            },
            cancellationToken: cancellationToken));

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
                await connection.ExecuteAsync(SnapshotStatements.Release).ConfigureAwait(false);
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
        [LoggerMessage(EventIds.SessionNotReleased, LogLevel.Warning, "A sync's connection could not be reset; the idle connections of the pool are closed instead")]
        public static partial void SessionNotReleased(ILogger logger, Exception exception);
    }
}
