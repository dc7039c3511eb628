using Npgsql;
using NpgsqlTypes;

namespace BrxSync.Benchmarks.BulkEdits;

/// <summary>
/// The floor: set the prices of rows and write a journal row for each, set-based, in steps of one prepared batch and one transaction.
/// Items and journal are copies of the engine's, with its indexes. No rules, no changes, no references, no lock.
/// </summary>
internal sealed class BareUpdate(string database) : IAsyncDisposable
{
    private const int Step = 2_000;

    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(database);
    private long _position;

    public Task SetUpAsync() => Shop.ExecuteAsync(database, """
        create table bare_items (like user_inventory_items including all);
        insert into bare_items overriding system value select * from user_inventory_items;
        create table bare_journal (like stock_journal including all);
        """);

    public async Task RunAsync(Guid account, IReadOnlyList<(long Id, int Price)> edits)
    {
        await using var connection = await _dataSource.OpenConnectionAsync();
        foreach (var step in edits.Chunk(Step))
        {
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(Command(
                """
                update bare_items t set price_cents = d.price, content_hash = content_hash, row_version = t.row_version + 1, updated_at = now()
                from unnest($2::bigint[], $3::integer[]) d (id, price) where t.user_id = $1 and t.id = d.id
                """,
                account,
                step));
            var journal = Command(
                """
                insert into bare_journal (user_id, position, external_stock_id, cause, source_id, quantity_before, quantity_after, oversold, actor,
                                          changed_fields, price_before, price_after)
                select $1, $4 + row_number() over (), i.external_stock_id, 'edit', 'bulk edit', i.quantity, i.quantity, 0, 'host', 1, d.price, d.price
                from unnest($2::bigint[], $3::integer[]) d (id, price) join bare_items i on i.user_id = $1 and i.id = d.id
                """,
                account,
                step);
            journal.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _position });
            batch.BatchCommands.Add(journal);
            await batch.PrepareAsync();
            if (await batch.ExecuteNonQueryAsync() != 2 * step.Length)
            {
                throw new InvalidOperationException("The bare update did not change what it should.");
            }

            _position += step.Length;
        }
    }

    /// <summary>Gives the process of a connection that stays open.</summary>
    public async Task<int> FindBackendAsync()
    {
        await using var connection = await _dataSource.OpenConnectionAsync();
        return connection.ProcessID;
    }

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();

    private static NpgsqlBatchCommand Command(string sql, Guid account, (long Id, int Price)[] edits) => new(sql)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = account, NpgsqlDbType = NpgsqlDbType.Uuid },
            new NpgsqlParameter<long[]>
            {
                TypedValue = [.. edits.Select(edit => edit.Id)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
            },
            new NpgsqlParameter<int[]>
            {
                TypedValue = [.. edits.Select(edit => edit.Price)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer,
            },
        },
    };
}
