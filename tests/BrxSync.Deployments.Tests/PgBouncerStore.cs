using BrxSync.Hosting;
using BrxSync.Store.Compliance;
using BrxSync.Testing;
using Npgsql;

namespace BrxSync.Deployments.Tests;

/// <summary>PostgreSQL behind a pooler that gives a session for one transaction, with a way past it for what needs a session.</summary>
public sealed class PgBouncerStore : StoreUnderTest
{
    public PostgreSqlDatabase Database { get; } = new();

    public override string LongAgo => "to_timestamp(0)";

    /// <summary>Gets the connection string of a database through the pooler.</summary>
    public static string Through(PostgreSqlDatabase database) =>
        new NpgsqlConnectionStringBuilder(ServerEnvironment.PgBouncer) { Database = database.Name }.ConnectionString;

    public override Task<int> ExecuteAsync(string sql) => Database.ExecuteAsync(sql);

    public override Task<string> ReadAsync(string sql) => Database.ReadAsync(sql);

    public override async Task<string[]> ListAccountTablesAsync() => (await ReadAsync(PostgreSqlDatabase.AccountTables)).Split(',');

    protected override void Configure(BrxSyncBuilder builder) => builder.UsePostgreSql(
        Through(Database), options => options.SessionConnectionString = Database.ConnectionString);

    protected override Task CreateAsync() => Database.InitializeAsync();

    protected override Task DeleteAsync() => Database.DisposeAsync();
}
