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

    protected override void Configure(BrxSyncBuilder builder) => builder.UseSqlite(FilePath);

    protected override Task CreateAsync() => Task.CompletedTask;

    protected override Task DeleteAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}
