using BrxSync.Hosting;
using BrxSync.Sync.Adapters.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Adapters.Sqlite;

/// <summary>SQLite in a file of its own.</summary>
public sealed class SqliteStore : StoreUnderTest
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"brxsync-test-{Guid.NewGuid():N}");

    public string FilePath => Path.Combine(_folder, "stock.db");

    public override string LongAgo => "0";

    public override async Task<int> ExecuteAsync(string sql)
    {
        await using var connection = await Services.GetRequiredService<SqliteDataSource>().OpenSqliteAsync(default);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }

    public override async Task<string> ReadAsync(string sql)
    {
        await using var connection = await Services.GetRequiredService<SqliteDataSource>().OpenSqliteAsync(default);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return $"{await command.ExecuteScalarAsync()}";
    }

    public override async Task<string[]> ListAccountTablesAsync() => (await ReadAsync(
        "select group_concat(t.name) from sqlite_master t join pragma_table_info(t.name) c where t.type = 'table' and c.name = 'user_id'"))
        .Split(',');

    protected override void Configure(BrxSyncBuilder builder) => builder.UseSqlite(FilePath);

    protected override Task CreateAsync() => Task.CompletedTask;

    protected override Task DeleteAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}
