using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Adapters.Sqlite;
using BrxSync.Sync.Snapshots;
using BrxSync.Sync.Stock;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance;

/// <summary>What takes long in SQLite is done on threads made for it, by nobody whose turn it is to write.</summary>
public sealed class SqliteThreadTests : StoreSuite
{
    private readonly ThreadNotingTime _time = new();

    protected override StoreUnderTest CreateStore() => new SqliteStore();

    public override Task InitializeAsync()
    {
        Store.Extra = brx => brx.Services.AddSingleton<TimeProvider>(_time);
        return base.InitializeAsync();
    }

    [Fact]
    public async Task Apply_Snapshot_UsesNoThreadOfThePool()
    {
        var account = await ConnectAsync();
        await using var session = (await Store.Snapshots.TryOpenAsync(account)).ShouldNotBeNull();
        await session.StageAsync(new[] { Row(0, 1, 5) });
        var plan = await session.PlanAsync();

        // The rows get their time while they are written.
        _time.Asked.Clear();
        await session.ApplyAsync(new SnapshotApplication { Record = Record(SnapshotOutcome.Applied, plan), Currency = "EUR" });

        _time.Asked.ShouldHaveSingleItem().ShouldBeFalse("the rows were written by a thread of the pool");
    }

    [Fact]
    public async Task Commit_ThatFillsTheLog_LeavesEmptyingItToAThreadOfItsOwn()
    {
        var dataSource = Store.Services.GetRequiredService<SqliteDataSource>();
        var log = new FileInfo(((SqliteStore)Store).FilePath + "-wal");
        await WriteAsync(dataSource, "create table filling (content blob)");

        await using (var write = await dataSource.Writers.BeginAsync(within: null, default))
        {
            await write.Connection.ExecuteAsync(
                "insert into filling values (zeroblob(@size))", new { size = 2 * SqliteCheckpoints.LogLimit }, write.Transaction);
            await write.CommitAsync();
            (await write.Connection.ExecuteScalarAsync<int>("pragma wal_autocheckpoint")).ShouldBe(0);
        }

        await dataSource.Checkpoints.Running;
        await WriteAsync(dataSource, "insert into filling values (null)");

        // Everything is in the database file: the log began anew, and was cut.
        log.Refresh();
        log.Length.ShouldBeLessThanOrEqualTo(SqliteCheckpoints.LogLimit);
    }

    private static async Task WriteAsync(SqliteDataSource dataSource, string sql) =>
        await new SqliteDatabase(dataSource).ExecuteAsync(sql, null, default);

    /// <summary>Notes whether it was a thread of the pool that asked.</summary>
    private sealed class ThreadNotingTime : TimeProvider
    {
        public List<bool> Asked { get; } = [];

        public override DateTimeOffset GetUtcNow()
        {
            Asked.Add(Thread.CurrentThread.IsThreadPoolThread);
            return base.GetUtcNow();
        }
    }
}
