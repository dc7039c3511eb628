using Npgsql;
using NpgsqlTypes;

namespace BrxSync.Benchmarks.WebhookApply;

/// <summary>
/// The floor: insert the id of a delivery, lower one item, commit, as one prepared batch on a pooled connection. An id that is known fails
/// the batch, so nothing is lowered twice. The items are a copy of the engine's, with its indexes.
/// </summary>
internal sealed class BareTransaction(string database) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _dataSource =
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = 50 }.ConnectionString);
    private long _applied;
    private long _start;

    public async Task SetUpAsync()
    {
        await ExecuteAsync("""
            create table bare_ids (user_id uuid not null, delivery_id varchar(128) collate "C" not null, received_at timestamptz not null,
                primary key (user_id, delivery_id));
            create table bare_items (like user_inventory_items including all);
            insert into bare_items overriding system value select * from user_inventory_items;
            """);
        await ExecuteAsync("vacuum analyze bare_items");
        _start = await CountAsync("select sum(quantity) from bare_items");
    }

    public async Task ApplyAsync(Guid account, string delivery, string product)
    {
        await using var connection = await _dataSource.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("insert into bare_ids (user_id, delivery_id, received_at) values ($1, $2, now())")
        {
            Parameters = { Id(account), Text(delivery) },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            "update bare_items set quantity = quantity - 1, updated_at = now() where user_id = $1 and external_stock_id = $2")
        {
            Parameters = { Id(account), Text(product) },
        });
        await batch.PrepareAsync();
        if (await batch.ExecuteNonQueryAsync() != 2)
        {
            throw new InvalidOperationException("The bare transaction did not change what it should.");
        }

        Interlocked.Increment(ref _applied);
    }

    /// <summary>Checks that as much was done as was measured.</summary>
    public async Task<bool> CheckAsync() =>
        await CountAsync("select count(*) from bare_ids") == _applied
        && await CountAsync("select sum(quantity) from bare_items") == _start - _applied;

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();

    private static NpgsqlParameter<Guid> Id(Guid value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Uuid };

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    private async Task<long> CountAsync(string sql)
    {
        await using var command = _dataSource.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _dataSource.CreateCommand(sql);
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync();
    }
}
