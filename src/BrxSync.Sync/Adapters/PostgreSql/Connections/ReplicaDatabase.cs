using BrxSync.Sync.Adapters.Sql.Access;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql.Connections;

/// <summary>Reads from a standby, and once more from the primary what a standby failed at in the middle.</summary>
/// <param name="replicas">Opens connections for reads.</param>
/// <param name="primary">The primary.</param>
internal sealed class ReplicaDatabase(ReplicaDataSource replicas, Database primary) : Database(replicas)
{
    public override async Task<T?> FindAsync<T>(
        string sql, Parameters? parameters, Func<RowReader, T> read, CancellationToken cancellationToken)
        where T : default
    {
        try
        {
            return await base.FindAsync(sql, parameters, read, cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException) when (!cancellationToken.IsCancellationRequested)
        {
            Leave();
            return await primary.FindAsync(sql, parameters, read, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task<List<T>> ListAsync<T>(
        string sql, Parameters? parameters, Func<RowReader, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await base.ListAsync(sql, parameters, read, cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException) when (!cancellationToken.IsCancellationRequested)
        {
            Leave();
            return await primary.ListAsync(sql, parameters, read, cancellationToken).ConfigureAwait(false);
        }
    }

    public override Task<int> ExecuteAsync(string sql, Parameters? parameters, CancellationToken cancellationToken) =>
        primary.ExecuteAsync(sql, parameters, cancellationToken);

    private void Leave() => replicas.Leave("a read failed at the standby");
}
