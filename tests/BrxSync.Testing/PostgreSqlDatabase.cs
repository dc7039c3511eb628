using Npgsql;

namespace BrxSync.Testing;

/// <summary>
/// A PostgreSQL database of its own for one test class (<c>IClassFixture&lt;PostgreSqlDatabase&gt;</c>) or one test:
/// created with a random name on the server of <see cref="ServerEnvironment.PostgreSql"/>, dropped afterwards.
/// </summary>
public sealed class PostgreSqlDatabase : IAsyncLifetime, IAsyncDisposable
{
    private string? administration;

    /// <summary>The database's name.</summary>
    public string Name { get; } = $"brxsync_test_{Guid.NewGuid():N}";

    /// <summary>A connection string for the database; connections are pooled for as long as the fixture lives.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Creates a database; the caller disposes of it.</summary>
    public static async Task<PostgreSqlDatabase> CreateAsync()
    {
        var database = new PostgreSqlDatabase();
        await database.InitializeAsync();
        return database;
    }

    /// <inheritdoc/>
    public Task InitializeAsync() => InitializeAsync("template0");

    /// <summary>Creates it as a copy of another one, which nobody is connected to.</summary>
    public async Task InitializeAsync(string template)
    {
        var server = new NpgsqlConnectionStringBuilder(ServerEnvironment.PostgreSql);
        server.Database ??= "postgres";
        server.Pooling = false;
        administration = server.ConnectionString;
        await AdministerAsync($"create database {Name} template {template}");
        server.Database = Name;
        server.Pooling = true;
        ConnectionString = server.ConnectionString;
    }

    /// <summary>Runs one statement and answers the number of rows it changed.</summary>
    public async Task<int> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Lists the tables that have a column for the account, as one text; a partitioned table is one.</summary>
    public const string AccountTables = """
        select string_agg(c.table_name, ',') from information_schema.columns c
        join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name and t.table_type = 'BASE TABLE'
        join pg_class r on r.oid = to_regclass(quote_ident(c.table_name)) and not r.relispartition
        where c.table_schema = current_schema() and c.column_name = 'user_id'
        """;

    /// <summary>Partitions the big tables by account, with the script that is meant for operators.</summary>
    public async Task PartitionAsync(int partitions = 3)
    {
        var script = await File.ReadAllTextAsync(RepositoryPaths.At("ops/postgresql/partition-by-account.sql"));
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"set brxsync.partitions = {partitions};\n{script}", connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs one query and answers its first value as text.</summary>
    public async Task<string> ReadAsync(string sql) => $"{await ScalarAsync<object>(sql)}";

    /// <summary>Runs one query and answers its first value.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (administration is null)
        {
            return;
        }

        await using (var pool = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(pool);
        }

        await AdministerAsync($"drop database if exists {Name} with (force)");
        administration = null;
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    private async Task AdministerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(administration);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
