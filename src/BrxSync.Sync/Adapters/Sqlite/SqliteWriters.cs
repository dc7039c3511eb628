using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>
/// Lets this process's writers in one after the other, in the order in which they came. The provider would let each of them sleep on its
/// thread until SQLite's own lock is free, and a large snapshot holds that for seconds: so nobody here waits inside SQLite for anybody
/// here, and for another program one asks again from time to time, without a thread in between.
/// </summary>
internal sealed class SqliteWriters(SqliteDataSource dataSource, TimeSpan patience, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    // To the provider 0 is for ever; what is below ends at the first refusal instead of sleeping.
    private const int AtOnce = -1;

    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Begins an immediate transaction on a connection of its own, which is opened when its turn has come.</summary>
    /// <param name="within">How long to wait; null for as long as a writer waits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<SqliteWrite> BeginAsync(TimeSpan? within, CancellationToken cancellationToken) =>
        BeginAsync(null, within ?? patience, cancellationToken);

    /// <summary>Begins an immediate transaction on a connection that somebody else closes.</summary>
    public Task<SqliteWrite> BeginAsync(SqliteConnection connection, CancellationToken cancellationToken) =>
        BeginAsync(connection, patience, cancellationToken);

    /// <summary>Frees nothing that matters, so the data source leaves it: a delivery may still be written while the host ends.</summary>
    public void Dispose() => _gate.Dispose();

    /// <summary>Waits before another program is asked again. It lives in real time, whatever clock the host has.</summary>
    public static Task PauseAsync(CancellationToken cancellationToken) => Task.Delay(Pause, TimeProvider.System, cancellationToken);

    /// <summary>Tells whether a fault only says that somebody else is at it.</summary>
    public static bool IsBusy(SqliteException fault) => fault.SqliteErrorCode == raw.SQLITE_BUSY;

    private async Task<SqliteWrite> BeginAsync(SqliteConnection? connection, TimeSpan within, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await EnterAsync(within, cancellationToken).ConfigureAwait(false);
        var own = connection is null;
        try
        {
            connection ??= await dataSource.OpenSqliteAsync(cancellationToken).ConfigureAwait(false);
            while (true)
            {
                if (TryBegin(connection) is { } transaction)
                {
                    return new SqliteWrite(connection, transaction, own, Leave);
                }

                if (time.GetElapsedTime(started) >= within)
                {
                    throw SqliteBusyException.After(within, dataSource.FilePath);
                }

                await PauseAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            if (own && connection is not null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }

            _gate.Release();
            throw;
        }
    }

    private async Task EnterAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        if (await _gate.WaitAsync(0, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        using var limit = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await _gate.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw SqliteBusyException.After(within, dataSource.FilePath);
        }
    }

    private void Leave(bool hasWritten)
    {
        _gate.Release();
        if (hasWritten)
        {
            dataSource.Checkpoints.AfterWrite();
        }
    }

    private static SqliteTransaction? TryBegin(SqliteConnection connection)
    {
        var timeout = connection.DefaultTimeout;
        connection.DefaultTimeout = AtOnce;
        try
        {
            return connection.BeginTransaction(deferred: false);
        }
        catch (SqliteException fault) when (IsBusy(fault))
        {
            return null;
        }
        finally
        {
            connection.DefaultTimeout = timeout;
        }
    }
}
