using BrxSync.Hosting;
using BrxSync.Store.Compliance;
using BrxSync.Testing;

namespace BrxSync.Integration.Tests.PostgreSql;

/// <summary>PostgreSQL in a database of its own.</summary>
/// <param name="isPartitioned">Whether the big tables are hash-partitioned by account, as the operator's script does it.</param>
public sealed class PostgreSqlStore(bool isPartitioned = false) : StoreUnderTest
{
    public PostgreSqlDatabase Database { get; } = new();

    public override string LongAgo => "to_timestamp(0)";

    public override Task<int> ExecuteAsync(string sql) => Database.ExecuteAsync(sql);

    public override Task<string> ReadAsync(string sql) => Database.ReadAsync(sql);

    public override async Task<string[]> ListAccountTablesAsync() => (await ReadAsync(PostgreSqlDatabase.AccountTables)).Split(',');

    protected override void Configure(BrxSyncBuilder builder) => builder.UsePostgreSql(Database.ConnectionString);

    protected override async Task CreateAsync() =>
        await Database.InitializeAsync(isPartitioned ? await PartitionedTemplate.FindAsync() : "template0");

    protected override Task DeleteAsync() => Database.DisposeAsync();
}
