using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sqlite;
using BrxSync.Sync.Stock.Guard;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Adapters.Sqlite;

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
        await plan.ApplyAsync(new SnapshotApplication { Record = Record(SnapshotOutcome.Applied, plan), Currency = "EUR" });

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
                new Statement(
                    "insert into filling values (zeroblob(@size))",
                    new Parameters().Number("size", 2 * SqliteCheckpoints.LogLimit),
                    write.Transaction),
                default);
            await write.CommitAsync();
            (await write.Connection.FindNumberAsync(new Statement("pragma wal_autocheckpoint"), default)).ShouldBe(0);
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
