using System.Buffers.Binary;
using System.Text.Json;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Snapshots;
using Dapper;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>Opens snapshot sessions on PostgreSQL.</summary>
internal sealed class PostgreSqlSnapshotStore(NpgsqlDataSource dataSource, PostgreSqlOptions options) : ISnapshotStore
{
    public async Task<ISnapshotSession?> TryOpenAsync(AccountId accountId, CancellationToken cancellationToken = default)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Session level: held through the download without a transaction, and gone the moment the process or its connection is.
            var locked = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                "select pg_try_advisory_lock(@key)", new { key = LockKey(accountId) }, cancellationToken: cancellationToken)).ConfigureAwait(false);
            if (!locked)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
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
            return new PostgreSqlSnapshotSession(connection, accountId, epoch, options);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<IReadOnlyList<SnapshotRecord>> ListRecentAsync(
        AccountId accountId, int limit, CancellationToken cancellationToken = default)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var rows = await connection.QueryAsync<SnapshotRecordRow>(new CommandDefinition(
                """
                select operation_id as OperationId, (extract(epoch from window_from) * 1000000)::bigint as WindowFrom,
                       (extract(epoch from window_to) * 1000000)::bigint as WindowTo, staged as Staged, skipped as Skipped,
                       fall_linked as FallLinked, fall_seen as FallSeen, fall_alone as FallAlone, verdict as Verdict,
                       reasons::text as Reasons
                from sync_snapshots where user_id = @account order by id desc limit @limit
                """,
                new { account = accountId.Value, limit },
                cancellationToken: cancellationToken)).ConfigureAwait(false);
            return [.. rows.Select(row => row.ToRecord())];
        }
    }

    public async Task RecordRefusedAsync(AccountId accountId, SnapshotRecord record, CancellationToken cancellationToken = default)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await RecordAsync(connection, accountId, record, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One insert, part of the caller's transaction when it has one.</summary>
    internal static Task RecordAsync(
        NpgsqlConnection connection, AccountId accountId, SnapshotRecord record, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            insert into sync_snapshots (user_id, operation_id, window_from, window_to, staged, skipped, fall_linked, fall_seen,
                                        fall_alone, verdict, reasons)
            values (@account, @OperationId, @from, @to, @Staged, @Skipped, @linked, @seen, @FallAlone, @verdict, @reasons::jsonb)
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
                record.FallAlone,
                verdict = StoredText.Of(record.Outcome),
                reasons = JsonSerializer.Serialize(record.Reasons, StoreJsonContext.Default.IReadOnlyListString),
            },
            cancellationToken: cancellationToken));

    private static long LockKey(AccountId accountId)
    {
        Span<byte> bytes = stackalloc byte[16];
        accountId.Value.TryWriteBytes(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes) ^ BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
    }
}
