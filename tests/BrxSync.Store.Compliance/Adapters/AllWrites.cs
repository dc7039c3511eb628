using BrxSync.Client;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Store.Compliance.Adapters;

/// <summary>Every write of every port, each on an account of its own, ready to be started.</summary>
internal sealed class AllWrites : List<(string Name, Func<Task> Start)>, IAsyncDisposable
{
    private readonly List<ISnapshotSession> _sessions = [];

    public static async Task<AllWrites> PrepareAsync(StoreSuite suite, StoreUnderTest store)
    {
        var writes = new AllWrites();
        await writes.AddAccountsAsync(suite, store.Accounts);
        await writes.AddOperationsAsync(suite, store.Operations);
        await writes.AddStockAsync(suite, store.Stock);
        await writes.AddSnapshotsAsync(suite, store.Snapshots);
        writes.Add(("migrate", () => store.Migrator.MigrateAsync()));
        return writes;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions)
        {
            await session.DisposeAsync();
        }
    }

    private async Task AddAccountsAsync(StoreSuite suite, IAccountStore accounts)
    {
        var ids = new List<AccountId>();
        for (var i = 0; i < 6; i++)
        {
            ids.Add(await suite.ConnectAsync());
        }

        var known = (await accounts.FindAsync(ids[0]))!;
        Add(("connect", () => accounts.SaveConnectionAsync(
            new AccountConnection { Id = AccountId.Create(), TokenCiphertext = "gAAAA-new" })));
        Add(("replace secrets", () => accounts.ReplaceSecretsAsync(known, "gAAAA-other", null)));
        Add(("set status", () => accounts.SetStatusAsync(ids[1], AccountStatus.Active, null, null)));
        Add(("suspend", () => accounts.SuspendAsync(ids[2])));
        Add(("resume", () => accounts.ResumeAsync(ids[3])));
        Add(("remove", () => accounts.RemoveAsync(ids[4])));
        Add(("stop", async () => await accounts.StopAsync(known with { Id = ids[5] }, "refused")));
    }

    private async Task AddOperationsAsync(StoreSuite suite, IOperationStore operations)
    {
        var (first, second, third) = (await suite.ConnectAsync(), await suite.ConnectAsync(), await suite.ConnectAsync());
        var running = (await operations.TryStartAsync(first, OperationKinds.FullSync))!;
        Add(("start", () => operations.TryStartAsync(second, OperationKinds.FullSync)));
        Add(("queue", () => operations.QueueAsync(third, OperationKinds.FullSync)));
        Add(("report", () => operations.ReportAsync(running.AccountId, running.Id, new SyncProgress())));
        Add(("complete", () => operations.CompleteAsync(running.AccountId, running.Id, OperationStatus.Completed, null, [], null)));
        Add(("close", () => operations.CloseInterruptedAsync(first, OperationKinds.FullSync, "gone")));
    }

    private async Task AddStockAsync(StoreSuite suite, IStockStore stock)
    {
        var account = await suite.ConnectAsync();
        var due = new DueReread(new RereadRequest(new ProductId(1), null, DateTimeOffset.UnixEpoch), new BlueprintId(1), 1);
        Add(("postpone reread", () => stock.PostponeRereadsAsync(account, [due], DateTimeOffset.UnixEpoch)));
        Add(("postpone fetch", () => stock.PostponeFetchAsync(account, new OrderId(1), DateTimeOffset.UnixEpoch)));
        Add(("move position", () => stock.SetOrderPositionAsync(account, null, new OrderPosition(null, null, new OrderId(1), null))));
        Add(("step", async () =>
        {
            await using var session = await stock.OpenAsync(account);
            await session.LoadAsync(new StockScope());
            await session.SaveAsync(new StockWrites());
        }));
    }

    private async Task AddSnapshotsAsync(StoreSuite suite, ISnapshotStore snapshots)
    {
        var account = await suite.ConnectAsync();
        Add(("open a snapshot", async () => await (await snapshots.TryOpenAsync(account))!.DisposeAsync()));
        Add(("accept a snapshot", () => snapshots.TryAcceptAsync(account, "none")));
        var plan = await OpenAsync(suite, snapshots);
        Add(("plan a snapshot", async () =>
        {
            await (await plan.PlanAsync()).DisposeAsync();
        }));
        var refused = await OpenAsync(suite, snapshots);
        var nothing = await refused.PlanAsync();
        await nothing.DisposeAsync();
        Add(("refuse a snapshot", () => refused.RecordRefusedAsync(StoreSuite.Record(SnapshotOutcome.Refused, nothing))));
        var cursor = await OpenAsync(suite, snapshots);
        Add(("drop a cursor", () => cursor.Cursor.DropAsync()));
    }

    private async Task<ISnapshotSession> OpenAsync(StoreSuite suite, ISnapshotStore snapshots)
    {
        var session = (await snapshots.TryOpenAsync(await suite.ConnectAsync())).ShouldNotBeNull();
        _sessions.Add(session);
        return session;
    }
}
