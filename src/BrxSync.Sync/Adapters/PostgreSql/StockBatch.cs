using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using Npgsql;
using NpgsqlTypes;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>Collects statements that go to the server together, prepared where the session is ours to keep, in one round trip.</summary>
internal sealed class StockBatch(NpgsqlConnection connection, AccountId account, int? timeoutSeconds, bool prepares) : IAsyncDisposable
{
    private readonly NpgsqlBatch _batch = connection.CreateBatch();

    /// <summary>Gets the place of the next statement among those that return rows or not.</summary>
    public int Count => _batch.BatchCommands.Count;

    /// <summary>Adds a statement without parameters.</summary>
    public void AddPlain(string sql) => _batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));

    /// <summary>Adds a statement whose first parameter is the account.</summary>
    public void Add(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = account.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        _batch.BatchCommands.Add(command);
    }

    public async Task<NpgsqlDataReader> ReadAsync(CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken).ConfigureAwait(false);
        return await _batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken).ConfigureAwait(false);
        await _batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _batch.DisposeAsync();

    private Task ReadyAsync(CancellationToken cancellationToken)
    {
        _batch.Timeout = timeoutSeconds ?? _batch.Timeout;
        return prepares ? _batch.PrepareAsync(cancellationToken) : Task.CompletedTask;
    }

    public static NpgsqlParameter Time(DateTimeOffset value) =>
        new NpgsqlParameter<long> { TypedValue = PostgreSqlTime.ToServer(value), NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter Integer(int value) =>
        new NpgsqlParameter<int> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Integer };

    public static NpgsqlParameter Text(string? value) =>
        new() { Value = value is null ? DBNull.Value : SafeText.Of(value), NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Flag(bool? value) => new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Boolean };

    public static NpgsqlParameter Array<TRow, T>(IReadOnlyCollection<TRow> rows, NpgsqlDbType type, Func<TRow, T> value)
    {
        var values = new T[rows.Count];
        var i = 0;
        foreach (var row in rows)
        {
            values[i++] = value(row);
        }

        return new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }

    public static NpgsqlParameter Texts<TRow>(IReadOnlyCollection<TRow> rows, Func<TRow, string?> value) =>
        Array(rows, NpgsqlDbType.Text, row => value(row) is { } text ? SafeText.Of(text) : null);

    public static NpgsqlParameter Numbers<TRow>(IReadOnlyCollection<TRow> rows, Func<TRow, long> value) =>
        Array(rows, NpgsqlDbType.Bigint, value);

    public static NpgsqlParameter Integers<TRow>(IReadOnlyCollection<TRow> rows, Func<TRow, int> value) =>
        Array(rows, NpgsqlDbType.Integer, value);

    public static NpgsqlParameter Flags<TRow>(IReadOnlyCollection<TRow> rows, Func<TRow, bool> value) =>
        Array(rows, NpgsqlDbType.Boolean, value);

    public static NpgsqlParameter Times<TRow>(IReadOnlyCollection<TRow> rows, Func<TRow, DateTimeOffset?> value) =>
        Array(rows, NpgsqlDbType.TimestampTz, row => value(row) is { } time ? PostgreSqlTime.ToServer(time) : (long?)null);

    public static NpgsqlParameter Products(IReadOnlyCollection<ProductId> products) => Texts(products, product => product.ToString());

    public static NpgsqlParameter Orders(IReadOnlyCollection<OrderId> orders) => Numbers(orders, order => order.Value);
}
