using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql.Scheduling;

/// <summary>
/// A connection of the pool in the shape that a scheduler expects: made first, opened then. Its commands go out as batches with values by
/// place, since a host can turn off for its whole process that Npgsql knows names.
/// </summary>
internal sealed class SchedulerConnection(DbDataSource dataSource) : DbConnection
{
    private NpgsqlConnection? _taken;

    [AllowNull]
    public override string ConnectionString
    {
        get => dataSource.ConnectionString;
        set => throw new NotSupportedException("Where the pool leads to is not chosen here.");
    }

    public override string Database => _taken?.Database ?? string.Empty;

    public override string DataSource => _taken?.DataSource ?? string.Empty;

    public override string ServerVersion => Taken.ServerVersion;

    public override ConnectionState State => _taken?.State ?? ConnectionState.Closed;

    public override bool CanCreateBatch => true;

    /// <summary>Gets the pool's connection.</summary>
    public NpgsqlConnection Taken => _taken ?? throw new InvalidOperationException("The connection is not open.");

    public override async Task OpenAsync(CancellationToken cancellationToken) =>
        _taken = (NpgsqlConnection)await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);

    public override void Open() => throw new NotSupportedException("Connections are opened asynchronously.");

    public override void Close() => Interlocked.Exchange(ref _taken, null)?.Dispose();

    public override async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _taken, null) is { } taken)
        {
            await taken.DisposeAsync().ConfigureAwait(false);
        }
    }

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException("The pool leads to one database.");

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override DbBatch CreateDbBatch() => new SchedulerBatch { Connection = this };

    protected override DbCommand CreateDbCommand() => new SchedulerCommand { Connection = this };

    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(
        IsolationLevel isolationLevel, CancellationToken cancellationToken) =>
        new SchedulerTransaction(this, await Taken.BeginTransactionAsync(isolationLevel, cancellationToken).ConfigureAwait(false));

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        throw new NotSupportedException("Transactions are begun asynchronously.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }
}
