using System.Data;
using System.Data.Common;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql.Scheduling;

/// <summary>Statements of the scheduler that travel together.</summary>
internal sealed class SchedulerBatch : DbBatch
{
    private readonly SchedulerBatchCommands _commands = [];
    private SchedulerConnection? _connection;
    private SchedulerTransaction? _transaction;
    private NpgsqlBatch? _running;

    /// <summary>Gets or sets the limit in seconds; 0 for that of the connection.</summary>
    public override int Timeout { get; set; }

    protected override DbBatchCommandCollection DbBatchCommands => _commands;

    protected override DbConnection? DbConnection
    {
        get => _connection;
        set => _connection = (SchedulerConnection?)value;
    }

    protected override DbTransaction? DbTransaction
    {
        get => _transaction;
        set => _transaction = (SchedulerTransaction?)value;
    }

    public override void Cancel() => _running?.Cancel();

    public override void Prepare()
    {
        // Nothing to do: the driver prepares what it sees often, where the connection string asks for it.
    }

    public override Task PrepareAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken = default)
    {
        var batch = Begin();
        await using (batch.ConfigureAwait(false))
        {
            var all = await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);

            // Those of the scheduler are the last ones: each of its texts is one statement.
            var before = batch.BatchCommands.Count - _commands.Count;
            for (var i = 0; i < _commands.Count; i++)
            {
                ((SchedulerBatchCommand)_commands[i]).Affected(batch.BatchCommands[before + i].RecordsAffected);
            }

            return all;
        }
    }

    public override int ExecuteNonQuery() => throw Unsupported();

    public override object ExecuteScalar() => throw Unsupported();

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken = default) => throw Unsupported();

    public override void Dispose()
    {
        _running?.Dispose();
        base.Dispose();
    }

    protected override DbBatchCommand CreateDbBatchCommand() => new SchedulerBatchCommand();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => throw Unsupported();

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        _running?.Dispose();
        _running = Begin();
        return await _running.ExecuteReaderAsync(behavior, cancellationToken).ConfigureAwait(false);
    }

    private static NotSupportedException Unsupported() => new("Batches are run asynchronously, for their rows or their counts.");

    private NpgsqlBatch Begin()
    {
        var batch = PositionalBatch.Begin(_connection, _transaction, Timeout);
        foreach (SchedulerBatchCommand command in _commands)
        {
            batch.Add(command.CommandText, command.Values);
        }

        return batch;
    }
}
