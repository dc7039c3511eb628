using BrxSync.Sync.Adapters.Sql.Access;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql.Connections;

/// <summary>
/// Finds out whether a pooler stands between us and the server, and whether it gives one session to several of our connections in turn.
/// </summary>
internal static class PoolerDetection
{
    private const int Attempts = 3;
    private const int PatienceSeconds = 5;

    /// <summary>
    /// Asks for the server's processes behind two connections, the second of which holds on to its own. A connection whose process changes,
    /// or is the other's, or that is given none while the other has one, has no session of its own. Nothing is set or locked.
    /// </summary>
    /// <param name="first">An open connection.</param>
    /// <param name="open">Opens another one in the same way.</param>
    public static async Task<Pooler> FindAsync(NpgsqlConnection first, Func<Task<NpgsqlConnection>> open)
    {
        // A pooler makes up the number that it greets with; the server tells its own.
        if (await AskAsync(first).ConfigureAwait(false) == first.ProcessID)
        {
            return Pooler.None;
        }

        var second = await open().ConfigureAwait(false);
        await using (second.ConfigureAwait(false))
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                if (await IsSharedAsync(first, second).ConfigureAwait(false))
                {
                    return Pooler.OfTransactions;
                }
            }
        }

        return Pooler.OfSessions;
    }

    private static async Task<bool> IsSharedAsync(NpgsqlConnection first, NpgsqlConnection second)
    {
        var before = await AskAsync(first).ConfigureAwait(false);
        var transaction = await second.BeginTransactionAsync().ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var held = await AskAsync(second).ConfigureAwait(false);
            try
            {
                return held == before || await AskAsync(first).ConfigureAwait(false) != before;
            }
            catch (NpgsqlException exception) when (exception.InnerException is TimeoutException)
            {
                return true;
            }
        }
    }

    private static Task<long?> AskAsync(NpgsqlConnection connection) => connection.FindNumberAsync(
        new Statement("select pg_backend_pid()", TimeoutSeconds: PatienceSeconds), CancellationToken.None);
}
