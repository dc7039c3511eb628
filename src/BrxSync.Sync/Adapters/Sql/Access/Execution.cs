using System.Data.Common;
using System.Runtime.CompilerServices;

namespace BrxSync.Sync.Adapters.Sql.Access;

/// <summary>The few ways in which a statement is run.</summary>
internal static class Execution
{
    /// <summary>Runs a statement and gives the number of rows that it changed.</summary>
    public static async Task<int> ExecuteAsync(this DbConnection connection, Statement statement, CancellationToken cancellationToken)
    {
        var command = new Command(connection, statement);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a statement once for each row of values, which have the same names and types.</summary>
    public static async Task ExecuteEachAsync(
        this DbConnection connection, Statement statement, IReadOnlyList<Parameters> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var command = (statement with { Parameters = rows[0] }).CreateCommand(connection);
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            for (var i = 1; i < rows.Count; i++)
            {
                rows[i].ReplaceIn(command);
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Gives the one row of a result; nothing, or a type's zero, when there is none.</summary>
    public static async Task<T?> FindAsync<T>(
        this DbConnection connection, Statement statement, Func<RowReader, T> read, CancellationToken cancellationToken)
    {
        var found = default(T);
        await foreach (var row in connection.StreamAsync(statement, read, cancellationToken).ConfigureAwait(false))
        {
            found = row;
        }

        return found;
    }

    /// <summary>Gives the number in the first column of the one row; null when there is none.</summary>
    public static Task<long?> FindNumberAsync(this DbConnection connection, Statement statement, CancellationToken cancellationToken) =>
        connection.FindAsync(statement, static row => row.FirstNumber(), cancellationToken);

    public static async Task<List<T>> ListAsync<T>(
        this DbConnection connection, Statement statement, Func<RowReader, T> read, CancellationToken cancellationToken)
    {
        var list = new List<T>();
        await foreach (var row in connection.StreamAsync(statement, read, cancellationToken).ConfigureAwait(false))
        {
            list.Add(row);
        }

        return list;
    }

    /// <summary>Lists the numbers in the first column.</summary>
    public static Task<List<long>> ListNumbersAsync(
        this DbConnection connection, Statement statement, CancellationToken cancellationToken) =>
        connection.ListAsync(statement, static row => row.FirstNumber() ?? 0, cancellationToken);

    /// <summary>Reads the rows as they are consumed.</summary>
    public static async IAsyncEnumerable<T> StreamAsync<T>(
        this DbConnection connection,
        Statement statement,
        Func<RowReader, T> read,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = new Command(connection, statement);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ReadAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var row = new RowReader(reader);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return read(row);
                }

                // The faults of the statements after the one that gave the rows are told only to whoever asks for their results.
                while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
                {
                }
            }
        }
    }
}
