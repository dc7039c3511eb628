using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.PostgreSql.Statements;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>
/// Saves a step that adds many rows: in several round trips, by COPY. What is copied is encoded while the server is at the statements.
/// </summary>
internal sealed class LargeStep(Func<StockBatch> newBatch, NpgsqlConnection connection, AccountId account)
{
    /// <summary>Saves it.</summary>
    /// <param name="writes">What the step writes.</param>
    /// <param name="begin">Begins the transaction, if it has not begun.</param>
    /// <param name="commits">Whether to commit it.</param>
    /// <param name="cancellationToken">Cancels before the first write: later, nobody would know how the commit ended.</param>
    public async Task SaveAsync(StockWrites writes, Action<StockBatch> begin, bool commits, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var changes = new CopyEncoder();
        using var journal = new CopyEncoder();
        var last = await CountJournalAsync(writes.Journal.Count, begin).ConfigureAwait(false);
        var batch = newBatch();
        await using (batch.ConfigureAwait(false))
        {
            StockWriter.Add(batch, StockCopies.Rest(writes));
            var rest = batch.Count > 0 ? batch.ExecuteAsync(CancellationToken.None) : Task.CompletedTask;
            try
            {
                StockCopies.AddChanges(changes, account, writes);
                StockCopies.AddJournal(journal, account, writes, last);
            }
            finally
            {
                await rest.ConfigureAwait(false);
            }
        }

        await CopyAsync(StockCopies.Changes, changes).ConfigureAwait(false);
        await CopyAsync(StockCopies.Journal, journal).ConfigureAwait(false);
        if (commits)
        {
            var commit = newBatch();
            await using (commit.ConfigureAwait(false))
            {
                commit.AddPlain("commit");
                await commit.ExecuteAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task<long> CountJournalAsync(int lines, Action<StockBatch> begin)
    {
        var batch = newBatch();
        await using (batch.ConfigureAwait(false))
        {
            begin(batch);
            batch.Add(StockStatements.CountJournal, StockBatch.Integer(lines));
            var reader = await batch.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                return reader.GetInt64(0);
            }
        }
    }

    private async Task CopyAsync(string sql, CopyEncoder rows)
    {
        var copy = await connection.BeginRawBinaryCopyAsync(sql, CancellationToken.None).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            await copy.WriteAsync(rows.Written, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
