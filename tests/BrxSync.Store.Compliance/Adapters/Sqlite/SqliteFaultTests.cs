using BrxSync.Client.RateLimiting;
using BrxSync.Store.Compliance.Histories;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Accounts;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Adapters.Sqlite;

/// <summary>A failure of the file says what it means and what to do, and never what was in a row.</summary>
public sealed class SqliteFaultTests : MarketplaceSuite
{
    private readonly SqliteStore _store = new();

    protected override int Products => 30;

    protected override StoreUnderTest CreateStore() => _store;

    public override Task InitializeAsync()
    {
        Store.Extra = brx => brx.WithoutJobs().Services.AddSingleton<IRateLimiter>(new FreeLimiter());
        return base.InitializeAsync();
    }

    [Theory]
    [InlineData("pragma query_only = on; delete from sync_operations", "SQLITE_READONLY", "read-only")]
    [InlineData("pragma max_page_count = 1; create table t (x); insert into t values (zeroblob(1000000))", "SQLITE_FULL", "no space left")]
    [InlineData("create table hunter2 (id integer primary key); insert into hunter2 values (1), (1)", "SQLITE_CONSTRAINT", "breaks a rule")]
    [InlineData("select * from hunter2", "SQLITE_ERROR", "not as this version made it")]
    public async Task Describe_FileRefuses_SaysWhatItMeans(string sql, string name, string meaning)
    {
        await using var connection = new SqliteConnection($"Data Source={_store.FilePath};Pooling=false");
        await connection.OpenAsync();

        var exception = await Should.ThrowAsync<SqliteException>(() => RunAsync(connection, sql));

        var text = Describe(exception);
        text.ShouldStartWith("The store failed: ");
        text.ShouldContain(name);
        text.ShouldContain(meaning);
        text.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Describe_AnotherProgramHoldsTheFile_SaysSo()
    {
        await using var holder = new SqliteConnection($"Data Source={_store.FilePath};Pooling=false");
        await holder.OpenAsync();
        await RunAsync(holder, "begin immediate");
        await using var other = new SqliteConnection($"Data Source={_store.FilePath};Pooling=false;Default Timeout=1");
        await other.OpenAsync();

        Describe(await Should.ThrowAsync<SqliteException>(() => RunAsync(other, "begin immediate"))).ShouldContain("SQLITE_BUSY");
    }

    [Theory]
    [InlineData(true, "SQLITE_CANTOPEN")]
    [InlineData(false, "SQLITE_NOTADB")]
    public async Task Migrate_FileIsSomethingElse_SaysSo(bool isFolder, string name)
    {
        var path = Path.Combine(Path.GetDirectoryName(_store.FilePath)!, "other.db");
        if (isFolder)
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            await File.WriteAllTextAsync(path, new string('x', 4096));
        }

        var collection = new ServiceCollection().AddLogging();
        collection.AddBrxSync(configure: brx => brx.WithoutJobs().UseSqlite(path).UseEncryptionKeys(EncryptionKey.Generate()));
        await using var services = collection.BuildServiceProvider();
        var migrator = services.GetRequiredService<IStoreMigrator>();
        var exception = await Should.ThrowAsync<StoreMigrationException>(() => migrator.MigrateAsync());

        exception.Message.ShouldContain(name);
    }

    [Fact]
    public async Task Sync_StoreFails_TellsItInTheOperation()
    {
        await Store.ExecuteAsync("create trigger fail before insert on user_inventory_items begin select raise(abort, 'hunter2'); end");

        await Should.ThrowAsync<SqliteException>(() => SyncAsync());

        (await Store.Operations.ListAsync(Account, 1)).ShouldHaveSingleItem().Error.ShouldBe(
            "The store failed: a row breaks a rule of the schema (SQLITE_CONSTRAINT). Check whether another program writes to the file.");
    }

    private string Describe(Exception exception) => Store.Services.GetRequiredService<IStoreFaults>().Describe(exception);

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        // One at a time: the driver swallows what fails behind a statement that returns rows.
        foreach (var statement in sql.Split("; "))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync();
        }
    }
}
