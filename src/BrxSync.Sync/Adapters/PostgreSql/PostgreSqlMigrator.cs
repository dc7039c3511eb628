using System.Data;
using System.Data.Common;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Adapters.PostgreSql.Connections;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Adapters.Sql.Access;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>Applies the embedded migrations, each with its record in one transaction, under one advisory lock.</summary>
internal sealed class PostgreSqlMigrator(
    PostgreSqlPool pool, PostgreSqlOptions options, IStoreFaults faults, ILoggerFactory loggers)
    : IStoreMigrator
{
    private const long LockKey = 0x4272_7853_796E_6301;
    private static readonly IReadOnlyList<MigrationScript> Scripts = MigrationScript.Load("PostgreSql");

    /// <summary>Where our tables are when none is where we look; reads the catalogue.</summary>
    private const string FindElsewhere = """
        select quote_ident(n.nspname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relname in ('brx_schema_migrations', 'user_sync_settings') and c.relkind in ('r', 'p')
          and not pg_is_other_temp_schema(n.oid)
          and coalesce(to_regclass('brx_schema_migrations'), to_regclass('user_sync_settings')) is null
        order by c.relname limit 1
        """;

    private readonly ILogger _logger = loggers.CreateLogger<PostgreSqlMigrator>();
    private readonly ConnectionBudget _budget = new(options.Processes, loggers.CreateLogger<ConnectionBudget>());

    private static Parameters Lock => new Parameters().Number("LockKey", LockKey);

    public string Description
    {
        get
        {
            var connection = new NpgsqlConnectionStringBuilder(pool.DataSource.ConnectionString);
            return $"PostgreSQL, database {connection.Database ?? connection.Username} on {connection.Host}";
        }
    }

    public async Task<int> MigrateAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await MigrateLockedAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DbException exception)
        {
            throw new StoreMigrationException($"The schema could not be brought up to date. {faults.Describe(exception)}", exception);
        }
    }

    private async Task<int> MigrateLockedAsync(CancellationToken cancellationToken)
    {
        var connection = await pool.Sessions.OpenNpgsqlAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            // Held by the session: several processes may start at once, the others wait here and then find nothing to do. The pool would
            // free it only when the connection is used again.
            await ExecuteAsync(connection, "select pg_advisory_lock(@LockKey)", Lock, cancellationToken).ConfigureAwait(false);
            int count;
            try
            {
                count = await ApplyMissingAsync(connection, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                if (connection.FullState == ConnectionState.Open)
                {
                    await ExecuteAsync(
                        connection, "select pg_advisory_unlock(@LockKey)", Lock, CancellationToken.None).ConfigureAwait(false);
                }
            }

            var each = await pool.CountAtServerAsync(cancellationToken).ConfigureAwait(false);
            await _budget.CheckAsync(connection, each, cancellationToken).ConfigureAwait(false);
            return count;
        }
    }

    private async Task<int> ApplyMissingAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await RefuseSecondSchemaAsync(connection, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(
            connection,
            """
            create table if not exists brx_schema_migrations (
                number integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())
            """,
            null,
            cancellationToken).ConfigureAwait(false);
        var rows = await connection.ListAsync(
            new Statement("select number, checksum from brx_schema_migrations"),
            static row => (Number: row.Integer("number"), Checksum: row.Text("checksum")),
            cancellationToken).ConfigureAwait(false);
        var count = 0;
        foreach (var script in MigrationPlan.Missing(Scripts, rows.ToDictionary(row => row.Number, row => row.Checksum)))
        {
            await ApplyAsync(connection, script, cancellationToken).ConfigureAwait(false);
            count++;
        }

        return count;
    }

    /// <summary>A role whose search_path led to the tables would otherwise find itself with a second, empty set of them.</summary>
    private async Task RefuseSecondSchemaAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (pool.Sessions.NamesSchema)
        {
            return;
        }

        var schema = await connection.FindAsync(
            new Statement(FindElsewhere), static row => row.Text("quote_ident"), cancellationToken).ConfigureAwait(false);
        if (schema is not null)
        {
            throw new StoreMigrationException(
                $"The tables of BrxSync are in the schema {schema} of this database, where the connection does not look: "
                + $"add Search Path={schema} to the connection string. For others beside them name another schema, which must exist.");
        }
    }

    private async Task ApplyAsync(NpgsqlConnection connection, MigrationScript script, CancellationToken cancellationToken)
    {
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await ExecuteAsync(connection, script.Sql, null, cancellationToken).ConfigureAwait(false);
                await ExecuteAsync(
                    connection,
                    "insert into brx_schema_migrations (number, name, checksum) values (@Number, @Name, @Checksum)",
                    new Parameters().Integer("Number", script.Number).Text("Name", script.Name).Text("Checksum", script.Checksum),
                    cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (PostgresException exception)
        {
            throw new StoreMigrationException(
                $"Migration {script.Name} failed and was rolled back. {faults.Describe(exception)}", exception);
        }

        MigrationPlan.LogApplied(_logger, script);
    }

    private Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, Parameters? parameters, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new Statement(sql, parameters, TimeoutSeconds: options.SyncTimeoutSeconds), cancellationToken);
}
