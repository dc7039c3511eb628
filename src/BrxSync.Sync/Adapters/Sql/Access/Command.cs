using System.Data.Common;

namespace BrxSync.Sync.Adapters.Sql.Access;

/// <summary>
/// A statement on its way: as a batch where the provider has batches, which need nothing that a host can turn off, else as one command.
/// </summary>
internal readonly struct Command : IAsyncDisposable
{
    private readonly DbBatch? _batch;
    private readonly DbCommand? _command;

    public Command(DbConnection connection, Statement statement)
    {
        if (connection.CanCreateBatch)
        {
            _batch = statement.CreateBatch(connection);
        }
        else
        {
            _command = statement.CreateCommand(connection);
        }
    }

    public Task<int> ExecuteAsync(CancellationToken cancellationToken) =>
        _batch?.ExecuteNonQueryAsync(cancellationToken) ?? _command!.ExecuteNonQueryAsync(cancellationToken);

    public Task<DbDataReader> ReadAsync(CancellationToken cancellationToken) =>
        _batch?.ExecuteReaderAsync(cancellationToken) ?? _command!.ExecuteReaderAsync(cancellationToken);

    public ValueTask DisposeAsync() => _batch?.DisposeAsync() ?? _command!.DisposeAsync();
}
