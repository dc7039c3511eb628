using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql.Scheduling;

/// <summary>A statement of the scheduler, with named values until it is sent.</summary>
internal sealed class SchedulerCommand : DbCommand
{
    // Holds the values; it is never run.
    private readonly NpgsqlCommand _values = new();
    private SchedulerConnection? _connection;
    private SchedulerTransaction? _transaction;
    private NpgsqlBatch? _running;

    [AllowNull]
    public override string CommandText
    {
        get;
        set => field = value ?? string.Empty;
    } = string.Empty;

    /// <summary>Gets or sets the limit in seconds; 0 for that of the connection.</summary>
    public override int CommandTimeout { get; set; }

    public override CommandType CommandType
    {
        get => CommandType.Text;
        set => RequireText(value);
    }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection
    {
        get => _connection;
        set => _connection = (SchedulerConnection?)value;
    }

    protected override DbParameterCollection DbParameterCollection => _values.Parameters;

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

    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
    {
        var batch = Begin();
        await using (batch.ConfigureAwait(false))
        {
            return await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken)
    {
        var reader = await ExecuteDbDataReaderAsync(CommandBehavior.Default, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? reader.GetValue(0) : null;
        }
    }

    public override int ExecuteNonQuery() => throw Synchronous();

    public override object ExecuteScalar() => throw Synchronous();

    public override async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        await _values.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        await EndAsync().ConfigureAwait(false);
        _running = Begin();
        return await _running.ExecuteReaderAsync(behavior, cancellationToken).ConfigureAwait(false);
    }

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => throw Synchronous();

    protected override DbParameter CreateDbParameter() => new NpgsqlParameter();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _running?.Dispose();
            _values.Dispose();
        }

        base.Dispose(disposing);
    }

    private static void RequireText(CommandType type)
    {
        if (type != CommandType.Text)
        {
            throw new NotSupportedException("Only texts are run.");
        }
    }

    private static NotSupportedException Synchronous() => new("Statements are run asynchronously.");

    private async ValueTask EndAsync()
    {
        if (_running is { } before)
        {
            _running = null;
            await before.DisposeAsync().ConfigureAwait(false);
        }
    }

    private NpgsqlBatch Begin()
    {
        var batch = PositionalBatch.Begin(_connection, _transaction, CommandTimeout);
        batch.Add(CommandText, _values.Parameters);
        return batch;
    }
}
