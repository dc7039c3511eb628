using System.Data.Common;
using BrxSync.Testing;
using MySqlConnector;

namespace BrxSync.Integration.Tests.MySql;

/// <summary>A catalogue in a database of its own on the server of <see cref="ServerEnvironment.MySql"/>, dropped afterwards.</summary>
public sealed class MariaDbDatabase : IAsyncLifetime
{
    // The four tables as hosts have them.
    private const string EmptyCatalog = """
        create table cards_prints (id int not null auto_increment primary key, cardtrader_id int null, name varchar(255) not null, key (cardtrader_id));
        create table op_prints like cards_prints;
        create table pk_prints like cards_prints;
        create table sealed_products like cards_prints;
        """;

    public string Name { get; } = $"brxsync_test_{Guid.NewGuid():N}";

    public string ConnectionString => ConnectionStringWith(_ => { });

    public string ConnectionStringWith(Action<MySqlConnectionStringBuilder> change)
    {
        var builder = new MySqlConnectionStringBuilder(ServerEnvironment.MySql) { Database = Name, CharacterSet = "utf8mb4" };
        change(builder);
        return builder.ConnectionString;
    }

    public async Task InitializeAsync()
    {
        await ExecuteAsync($"create database {Name}", ServerEnvironment.MySql);
        await ExecuteAsync(EmptyCatalog);
    }

    public Task DisposeAsync() => ExecuteAsync($"drop database {Name}", ServerEnvironment.MySql);

    public Task ExecuteAsync(string sql) => ExecuteAsync(sql, ConnectionString);

    /// <summary>Gives the first value of the last row.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var connection = new MySqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await using var reader = (DbDataReader)await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return Convert.ToInt64(reader.GetValue(reader.FieldCount - 1), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Gives the number of connections to this database that the server lists.</summary>
    public async Task<long> CountConnectionsAsync()
    {
        await using var connection = await OpenApartAsync();
        return await CountConnectionsAsync(connection);
    }

    /// <summary>
    /// Gives the largest number of connections to this database that the server lists at a time until <paramref name="stop"/>.
    /// </summary>
    public async Task<long> WatchConnectionsAsync(CancellationToken stop)
    {
        await using var connection = await OpenApartAsync();
        var most = 0L;
        while (!stop.IsCancellationRequested)
        {
            most = Math.Max(most, await CountConnectionsAsync(connection));
            await Task.Yield();
        }

        return most;
    }

    // A connection that names no database, so that it does not count itself.
    private static async Task<MySqlConnection> OpenApartAsync()
    {
        var connection = new MySqlConnection(ServerEnvironment.MySql + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private async Task<long> CountConnectionsAsync(MySqlConnection connection)
    {
        await using var command = new MySqlCommand($"select count(*) from information_schema.processlist where db = '{Name}'", connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task ExecuteAsync(string sql, string connectionString)
    {
        await using var connection = new MySqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
