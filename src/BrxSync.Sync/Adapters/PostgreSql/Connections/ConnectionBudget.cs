using System.Data.Common;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql.Connections;

/// <summary>Compares what the pools of all processes may take with what the server gives, and warns where that is less.</summary>
internal sealed partial class ConnectionBudget(int? processes, ILogger<ConnectionBudget> logger)
{
    /// <summary>
    /// Reads settings and the few rows of processes; nothing is locked. A process that runs jobs leaves a sign of life every few seconds,
    /// a count of 100 nanoseconds since the year 1; one whose last is five minutes old is gone.
    /// </summary>
    private const string Measure = """
        select current_setting('max_connections')::int as Connections,
               current_setting('superuser_reserved_connections')::int
                   + coalesce(current_setting('reserved_connections', true)::int, 0) as Reserved,
               (select count(*)::int from brx_qrtz_scheduler_state
                where last_checkin_time
                    > 621355968000000000 + (extract(epoch from clock_timestamp() - interval '5 minutes') * 10000000)::bigint)
                   as Processes
        """;

    /// <summary>Checks it on a connection to the server itself. What cannot be read is not worth a failure.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="each">How many connections one process may hold at this server.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task CheckAsync(NpgsqlConnection connection, int each, CancellationToken cancellationToken)
    {
        try
        {
            var found = await connection.FindAsync(
                new Statement(Measure),
                static row => (
                    Connections: row.Integer("Connections"),
                    Reserved: row.Integer("Reserved"),
                    Processes: row.Integer("Processes")),
                cancellationToken).ConfigureAwait(false);

            // Those in the scheduler's table are the others: this process has not begun to run jobs.
            var all = processes ?? found.Processes + 1;
            var free = found.Connections - found.Reserved;
            if ((long)all * each > free)
            {
                Log.PoolsExceedServer(logger, all, each, (long)all * each, found.Connections, found.Reserved, free);
            }
        }
        catch (DbException exception)
        {
            Log.BudgetUnknown(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.PoolsExceedServer,
            LogLevel.Warning,
            "The pools may ask for more connections than PostgreSQL has: {Processes} processes x {Each} = {Wanted}, but max_connections "
            + "{Connections} - {Reserved} reserved = {Free}. Lower BrxSync:PostgreSql:MaxPoolSize, raise max_connections, or put a pooler "
            + "between")]
        public static partial void PoolsExceedServer(
            ILogger logger, int processes, int each, long wanted, int connections, int reserved, int free);

        [LoggerMessage(EventIds.BudgetUnknown, LogLevel.Debug, "How many connections PostgreSQL has could not be read")]
        public static partial void BudgetUnknown(ILogger logger, Exception exception);
    }
}
