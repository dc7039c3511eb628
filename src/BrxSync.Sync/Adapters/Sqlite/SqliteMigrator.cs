using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Adapters.Sql.Access;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>
/// Applies the embedded migrations in one immediate transaction: SQLite lets one writer in, the others wait and find nothing to do.
/// </summary>
internal sealed class SqliteMigrator(
    SqliteDataSource dataSource, IStoreFaults faults, TimeProvider time, ILogger<SqliteMigrator> logger) : IStoreMigrator
{
    private static readonly IReadOnlyList<MigrationScript> Scripts = MigrationScript.Load("Sqlite");

    public string Description => $"SQLite, {dataSource.FilePath}";

    public async Task<int> MigrateAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await MigrateLockedAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException exception)
        {
            throw new StoreMigrationException($"The schema could not be brought up to date. {faults.Describe(exception)}", exception);
        }
    }

    private async Task<int> MigrateLockedAsync(CancellationToken cancellationToken)
    {
        var write = await dataSource.Writers.BeginAsync(within: null, cancellationToken).ConfigureAwait(false);
        await using (write.ConfigureAwait(false))
        {
            var (connection, transaction) = (write.Connection, write.Transaction);
            await ExecuteAsync(
                connection,
                transaction,
                """
                create table if not exists brx_schema_migrations (
                    number integer primary key, name text not null, checksum text not null, applied_at integer not null)
                """).ConfigureAwait(false);
            var rows = await connection.ListAsync(
                new Statement("select number, checksum from brx_schema_migrations", Transaction: transaction),
                static row => (Number: row.Integer("number"), Checksum: row.Text("checksum")),
                CancellationToken.None).ConfigureAwait(false);
            var missing = MigrationPlan.Missing(Scripts, rows.ToDictionary(row => row.Number, row => row.Checksum)).ToArray();
            foreach (var script in missing)
            {
                await ApplyAsync(connection, transaction, script).ConfigureAwait(false);
            }

            await write.CommitAsync().ConfigureAwait(false);
            return missing.Length;
        }
    }

    private async Task ApplyAsync(SqliteConnection connection, SqliteTransaction transaction, MigrationScript script)
    {
        try
        {
            await ExecuteAsync(connection, transaction, script.Sql).ConfigureAwait(false);
            await ExecuteAsync(
                connection,
                transaction,
                "insert into brx_schema_migrations (number, name, checksum, applied_at) values (@Number, @Name, @Checksum, @now)",
                new Parameters()
                    .Integer("Number", script.Number)
                    .Text("Name", script.Name)
                    .Text("Checksum", script.Checksum)
                    .Time("now", time.GetUtcNow()))
                .ConfigureAwait(false);
        }
        catch (SqliteException exception)
        {
            throw new StoreMigrationException(
                $"Migration {script.Name} failed and was rolled back. {faults.Describe(exception)}", exception);
        }

        MigrationPlan.LogApplied(logger, script);
    }

    private static Task<int> ExecuteAsync(
        SqliteConnection connection, SqliteTransaction transaction, string sql, Parameters? parameters = null) =>
        connection.ExecuteAsync(new Statement(sql, parameters, transaction), CancellationToken.None);
}
