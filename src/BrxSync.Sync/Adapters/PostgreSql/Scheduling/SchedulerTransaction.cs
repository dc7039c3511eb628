using System.Data;
using System.Data.Common;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql.Scheduling;

/// <summary>A transaction of the scheduler. Most of them hold its one lock, which all processes wait for.</summary>
internal sealed class SchedulerTransaction(SchedulerConnection connection, NpgsqlTransaction transaction) : DbTransaction
{
    /// <summary>
    /// Ends a transaction whose process does not go on with it, frozen or cut off from the network, so that the others can. Sent with the
    /// first statement.
    /// </summary>
    public const string Limit = "set local idle_in_transaction_session_timeout = 10000";

    private bool _hasEnded;
    private bool _isLimited;

    public override IsolationLevel IsolationLevel => transaction.IsolationLevel;

    /// <summary>Gets the pool's transaction.</summary>
    public NpgsqlTransaction Taken => transaction;

    protected override DbConnection? DbConnection => _hasEnded ? null : connection;

    /// <summary>Tells, once, that the limit has to be sent.</summary>
    public bool NeedsLimit() => !_isLimited && (_isLimited = true);

    public override async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        _hasEnded = true;
    }

    public override async Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        await transaction.RollbackAsync(cancellationToken).ConfigureAwait(false);
        _hasEnded = true;
    }

    public override void Commit() => throw new NotSupportedException("Transactions are ended asynchronously.");

    public override void Rollback() => throw new NotSupportedException("Transactions are ended asynchronously.");

    public override async ValueTask DisposeAsync()
    {
        _hasEnded = true;
        await transaction.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hasEnded = true;
            transaction.Dispose();
        }

        base.Dispose(disposing);
    }
}
