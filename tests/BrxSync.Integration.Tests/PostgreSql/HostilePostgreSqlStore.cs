using BrxSync.Hosting;
using BrxSync.Store.Compliance;
using BrxSync.Testing;
using Npgsql;

namespace BrxSync.Integration.Tests.PostgreSql;

/// <summary>PostgreSQL in a database whose role, or which itself, sets everything against us.</summary>
public sealed class HostilePostgreSqlStore(bool forRole) : StoreUnderTest
{
    private string _connectionString = string.Empty;

    public PostgreSqlDatabase Database { get; } = new();

    public override string LongAgo => "to_timestamp(0)";

    /// <summary>Beside the ports and beside the settings.</summary>
    public override Task<int> ExecuteAsync(string sql) => Database.ExecuteAsync(sql);

    /// <summary>Waits until a session of ours waits for a lock, longer than the role's own limit for that.</summary>
    public async Task UntilWaitingAsync()
    {
        const string Waiting = """
            select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'
              and state_change < clock_timestamp() - interval '100 milliseconds'
            """;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await Database.ScalarAsync<long>(Waiting) == 0)
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    public override Task<string> ReadAsync(string sql) => Database.ReadAsync(sql);

    public override async Task<string[]> ListAccountTablesAsync() => (await ReadAsync(PostgreSqlDatabase.AccountTables)).Split(',');

    protected override void Configure(BrxSyncBuilder builder) => builder.UsePostgreSql(_connectionString);

    protected override async Task CreateAsync()
    {
        await Database.InitializeAsync();
        _connectionString = await HostileServer.AddRoleAsync(Database);
        await HostileServer.SetAsync(Database, forRole);
        await using var connection = new NpgsqlConnection(Database.ConnectionString);
        NpgsqlConnection.ClearPool(connection);
    }

    protected override Task DeleteAsync() => HostileServer.DropRoleAsync(Database);
}
