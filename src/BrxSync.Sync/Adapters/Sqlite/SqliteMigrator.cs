using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Adapters.Sql;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>Applies the embedded migrations in one immediate transaction: SQLite lets one writer in, the others wait and find nothing to do.</summary>
internal sealed class SqliteMigrator(SqliteDataSource dataSource, TimeProvider time, ILogger<SqliteMigrator> logger) : IStoreMigrator
{
    private static readonly IReadOnlyList<MigrationScript> Scripts = MigrationScript.Load("Sqlite");

    public string Description => $"SQLite, {dataSource.FilePath}";

    public async Task<int> MigrateAsync(CancellationToken cancellationToken = default)
    {
        var write = await dataSource.Writers.BeginAsync(within: null, cancellationToken).ConfigureAwait(false);
        await using (write.ConfigureAwait(false))
        {
            var (connection, transaction) = (write.Connection, write.Transaction);
            await connection.ExecuteAsync(
                """
                create table if not exists brx_schema_migrations (
                    number integer primary key, name text not null, checksum text not null, applied_at integer not null)
                """,
                transaction: transaction).ConfigureAwait(false);
            var rows = await connection.QueryAsync<(long Number, string Checksum)>(
                "select number, checksum from brx_schema_migrations", transaction: transaction).ConfigureAwait(false);
            var missing = MigrationPlan.Missing(Scripts, rows.ToDictionary(row => (int)row.Number, row => row.Checksum)).ToArray();
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
            await connection.ExecuteAsync(script.Sql, transaction: transaction).ConfigureAwait(false);
            await connection.ExecuteAsync(
                "insert into brx_schema_migrations (number, name, checksum, applied_at) values (@Number, @Name, @Checksum, @now)",
                new { script.Number, script.Name, script.Checksum, now = StoredTime.Now(time) },
                transaction).ConfigureAwait(false);
        }
        catch (SqliteException exception)
        {
            throw new StoreMigrationException($"Migration {script.Name} failed and was rolled back: {exception.Message}", exception);
        }

        MigrationPlan.LogApplied(logger, script);
    }
}
