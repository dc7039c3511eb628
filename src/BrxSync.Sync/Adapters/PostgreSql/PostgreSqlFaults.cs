using System.Net.Sockets;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Adapters.PostgreSql.Connections;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>
/// What PostgreSQL's codes mean for whoever runs it. The server's own words are left out: they may hold values, their detail holds rows.
/// </summary>
internal sealed class PostgreSqlFaults : IStoreFaults
{
    /// <summary>A code, or the class that it begins with; the first that fits is taken.</summary>
    private static readonly (string Code, string Meaning, string Advice)[] Table =
    [
        ("08P01", "the server or a pooler in front of it broke the protocol", "Check what the connection string leads to."),
        ("08", "the connection was lost or refused", "Check that the server runs and can be reached."),
        ("0A", "the server does not know what was asked of it", "Check that it is PostgreSQL 14 or newer."),
        ("22021", "a text cannot be stored in the encoding of the database", "Use a database in UTF-8."),
        ("22P05", "a text cannot be stored in the encoding of the database", "Use a database in UTF-8."),
        ("22", "the database refused a value", "The log says where."),
        ("23", "the database refused a row that breaks a rule of the schema", "Check whether another program writes to these tables."),
        ("25006", "the database is read-only here", "Name the primary in the connection string; see why it is read-only."),
        ("25P03", "the server ended a transaction that waited", "Check what ends idle transactions: a pooler or an administrator's job."),
        ("25P04", "the server ended a transaction for its length", "Check transaction_timeout, and what ends long transactions."),
        ("28", "the server refused user or password", "Check Username and Password of the connection string, and pg_hba.conf."),
        ("3D000", "there is no such database", "Check Database in the connection string, or create it."),
        ("3F000", "there is no schema to keep tables in", "Create it and let the role use it, or name another (Search Path)."),
        ("40001", "another transaction was in the way", "It is safe to try again."),
        ("40P01", "two transactions waited for each other", "It is safe to try again; look for programs that lock these tables."),
        ("42501", "the role lacks a privilege", "Let it own the tables of BrxSync, and grant it CREATE on the schema."),
        ("42P01", "a table is missing", "Check Database and Search Path of the connection string, and that the schema is up to date."),
        ("42704", "the server does not know one of our settings", "Check that it is PostgreSQL 14 or newer."),
        ("42", "the schema is not as this version made it", "Check whether another program or version changed these tables."),
        ("53100", "the server's disk is full", "Free some of it."),
        ("53200", "the server is out of memory", "Lower its load, or BrxSync:PostgreSql:SyncWorkMemoryMegabytes."),
        ("53300", "the server has no connection left", "Lower BrxSync:PostgreSql:MaxPoolSize, or raise max_connections."),
        ("53400", "a limit in the server's configuration was reached", "Check temp_file_limit."),
        ("53", "the server is short of resources", "Check its disk, memory and connections."),
        ("55P03", "a lock was not free in time", "Look for other programs that lock these tables."),
        ("57014", "a statement was ended, by a time limit or an administrator", "If it returns, raise the limits in BrxSync:PostgreSql."),
        ("57P01", "the server ended the connection, as it does when it is shut down", "Check that it runs."),
        ("57P02", "the server ended the connection because another one crashed", "Look into its log."),
        ("57P03", "the server is starting up or shutting down", "Wait until it accepts connections."),
        ("57P05", "the server ended a connection that was idle", "Check what ends idle connections: a pooler or an administrator's job."),
        ("57", "the server stopped the work", "Check that it runs."),
        ("58", "the server's machine failed it", "Look into its log, and at its disks."),
        ("XX", "the server found something wrong with itself or its data", "Look into its log first; repair nothing without a backup."),
    ];

    public string Describe(Exception exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            if (current is UnsuitableDatabaseException)
            {
                return current.Message;
            }

            if (current is PostgresException fault)
            {
                return Describe(fault);
            }
        }

        return exception switch
        {
            NpgsqlException { InnerException: TimeoutException } when exception.Message.Contains("pool", StringComparison.Ordinal) =>
                "The store failed: every connection of the pool was in use. Raise BrxSync:PostgreSql:MaxPoolSize.",
            TimeoutException or NpgsqlException { InnerException: TimeoutException } =>
                "The store failed: the server did not answer in time. Check that it can be reached and what it is busy with.",
            SocketException or IOException or NpgsqlException { InnerException: SocketException or IOException } =>
                "The store failed: the server cannot be reached, or the connection broke. Check that it runs, and Host and Port.",
            _ => $"The store failed: {exception.GetType().Name}. The log says more.",
        };
    }

    private static string Describe(PostgresException fault)
    {
        foreach (var (code, meaning, advice) in Table)
        {
            if (fault.SqlState.StartsWith(code, StringComparison.Ordinal))
            {
                return $"The store failed: {meaning} (SQLSTATE {fault.SqlState}{Place(fault)}). {advice}";
            }
        }

        return $"The store failed: SQLSTATE {fault.SqlState}{Place(fault)}. The log says more.";
    }

    /// <summary>Names of the schema's, where the server tells them.</summary>
    private static string Place(PostgresException fault) => (fault.TableName, fault.ColumnName ?? fault.ConstraintName) switch
    {
        (null, _) => string.Empty,
        (var table, null) => $", table {table}",
        var (table, part) => $", {part} of table {table}",
    };
}
