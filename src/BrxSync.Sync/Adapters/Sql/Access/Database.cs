using System.Data.Common;
using System.Runtime.CompilerServices;

namespace BrxSync.Sync.Adapters.Sql.Access;

/// <summary>One pool of connections, and the few ways in which the stores use it. Each call takes a connection and gives it back.</summary>
internal class Database(DbDataSource dataSource)
{
    public ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken) => dataSource.OpenConnectionAsync(cancellationToken);

    public virtual async Task<int> ExecuteAsync(string sql, Parameters? parameters, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await connection.ExecuteAsync(new Statement(sql, parameters), cancellationToken).ConfigureAwait(false);
        }
    }

    public virtual async Task<T?> FindAsync<T>(
        string sql, Parameters? parameters, Func<RowReader, T> read, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await connection.FindAsync(new Statement(sql, parameters), read, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs one statement that writes, and gives the row that it returns.</summary>
    public virtual Task<T?> WriteAsync<T>(string sql, Parameters? parameters, Func<RowReader, T> read, CancellationToken cancellationToken)
        where T : class => FindAsync(sql, parameters, read, cancellationToken);

    public virtual async Task<List<T>> ListAsync<T>(
        string sql, Parameters? parameters, Func<RowReader, T> read, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await connection.ListAsync(new Statement(sql, parameters), read, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs several statements as one: what throws, or ends without a value, leaves nothing behind.</summary>
    public virtual async Task<T?> InTransactionAsync<T>(
        Func<DbConnection, DbTransaction, Task<T?>> work, CancellationToken cancellationToken)
        where T : class
    {
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var result = await work(connection, transaction).ConfigureAwait(false);
                if (result is not null)
                {
                    await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                }

                return result;
            }
        }
    }

    /// <summary>Streams rows as they are consumed; the connection is held until the end.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        string sql, Parameters? parameters, Func<RowReader, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await foreach (var row in connection.StreamAsync(new Statement(sql, parameters), read, cancellationToken).ConfigureAwait(false))
            {
                yield return row;
            }
        }
    }
}
