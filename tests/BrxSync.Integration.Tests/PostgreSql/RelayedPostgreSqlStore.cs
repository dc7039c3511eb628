using BrxSync.Hosting;
using BrxSync.Integration.Tests.MySql;
using BrxSync.Store.Compliance;
using BrxSync.Testing;
using Npgsql;

namespace BrxSync.Integration.Tests.PostgreSql;

/// <summary>PostgreSQL behind a wire that can be cut, with ways to end connections as an administrator does.</summary>
public sealed class RelayedPostgreSqlStore : StoreUnderTest
{
    private readonly PostgreSqlDatabase _database = new();
    private NpgsqlConnectionStringBuilder _server = new();

    internal Relay Relay { get; private set; } = null!;

    public override string LongAgo => "to_timestamp(0)";

    public override Task<int> ExecuteAsync(string sql) => _database.ExecuteAsync(sql);

    /// <summary>Ends the connections in that state, and returns how many there were when the server has let go of them.</summary>
    public async Task<long> EndConnectionsAsync(string state)
    {
        await using var connection = new NpgsqlConnection(_server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"""
            select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and state = '{state}'
            """,
            connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public override Task<string> ReadAsync(string sql) => _database.ReadAsync(sql);

    public override async Task<string[]> ListAccountTablesAsync() => (await ReadAsync(PostgreSqlDatabase.AccountTables)).Split(',');

    protected override void Configure(BrxSyncBuilder builder)
    {
        var relayed = new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Host = "127.0.0.1", Port = Relay.Port, Pooling = true };
        builder.UsePostgreSql(relayed.ConnectionString);
    }

    protected override async Task CreateAsync()
    {
        await _database.InitializeAsync();
        _server = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Pooling = false };
        Relay = new Relay(_server.Host!, _server.Port);
    }

    protected override async Task DeleteAsync()
    {
        await Relay.DisposeAsync();
        await _database.DisposeAsync();
    }
}
