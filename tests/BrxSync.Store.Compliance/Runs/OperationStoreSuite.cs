using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Store.Compliance.Runs;

/// <summary>What every <see cref="IOperationStore"/> does.</summary>
public abstract class OperationStoreSuite : StoreSuite
{
    [Fact]
    public async Task TryStart_ManyAtOnce_OneWins()
    {
        var account = await ConnectAsync();

        var started = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Task.Run(() => Store.Operations.TryStartAsync(account, OperationKinds.FullSync))));

        var winner = started.Where(operation => operation is not null).ShouldHaveSingleItem();
        winner!.Status.ShouldBe(OperationStatus.Running);
        winner.IsLive.ShouldBeTrue();
    }

    [Fact]
    public async Task TryStart_OtherAccountOrOtherKind_IsIndependent()
    {
        var (one, two) = (await ConnectAsync(), await ConnectAsync());

        (await Store.Operations.TryStartAsync(one, OperationKinds.FullSync)).ShouldNotBeNull();
        (await Store.Operations.TryStartAsync(two, OperationKinds.FullSync)).ShouldNotBeNull();
        (await Store.Operations.TryStartAsync(one, OperationKinds.DryRun)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Complete_EndedOperation_KeepsTheFirstOutcome()
    {
        var account = await ConnectAsync();
        var operation = (await Store.Operations.TryStartAsync(account, OperationKinds.FullSync))!;
        var progress = new SyncProgress
        {
            Phase = SyncPhase.Done, Percent = 100, Processed = 3, Created = 2, Skipped = 1, Elapsed = TimeSpan.FromSeconds(1.5),
        };

        (await Store.Operations.CompleteAsync(
            operation.AccountId, operation.Id, OperationStatus.Withheld, progress, ["row 1: odd"], "Withheld.")).ShouldBeTrue();
        (await Store.Operations.CompleteAsync(account, operation.Id, OperationStatus.Completed, null, [], null)).ShouldBeFalse();
        await Store.Operations.ReportAsync(operation.AccountId, operation.Id, progress with { Processed = 99 });

        var stored = (await Store.Operations.FindAsync(operation.Id)).ShouldNotBeNull();
        stored.Status.ShouldBe(OperationStatus.Withheld);
        stored.Progress.ShouldBe(progress);
        stored.Reasons.ShouldBe(["row 1: odd"]);
        stored.Error.ShouldBe("Withheld.");
        stored.CompletedAt.ShouldNotBeNull();
        (await Store.Operations.TryStartAsync(account, OperationKinds.FullSync)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Report_LiveOperation_IsReadable()
    {
        var account = await ConnectAsync();
        var operation = (await Store.Operations.TryStartAsync(account, OperationKinds.FullSync))!;
        var progress = new SyncProgress { Phase = SyncPhase.Reading, Percent = 40, Processed = 400, Expected = 800 };

        await Store.Operations.ReportAsync(operation.AccountId, operation.Id, progress);

        (await Store.Operations.FindAsync(operation.Id))!.Progress.ShouldBe(progress);
    }

    [Fact]
    public async Task CloseInterrupted_RunningOperation_IsClosedOnce()
    {
        var account = await ConnectAsync();
        var operation = (await Store.Operations.TryStartAsync(account, OperationKinds.FullSync))!;

        (await Store.Operations.CloseInterruptedAsync(account, OperationKinds.FullSync, "It was killed.")).ShouldBe(1);
        (await Store.Operations.CloseInterruptedAsync(account, OperationKinds.FullSync, "Again.")).ShouldBe(0);

        var stored = (await Store.Operations.FindAsync(operation.Id)).ShouldNotBeNull();
        (stored.Status, stored.Error).ShouldBe((OperationStatus.Failed, "It was killed."));
    }

    [Fact]
    public async Task List_SeveralOperations_NewestFirstAndBounded()
    {
        var account = await ConnectAsync();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var operation = (await Store.Operations.TryStartAsync(account, OperationKinds.FullSync))!;
            ids.Add(operation.Id);
            await Store.Operations.CompleteAsync(operation.AccountId, operation.Id, OperationStatus.Completed, null, [], null);
        }

        ids.Reverse();
        (await Store.Operations.ListAsync(account, 3)).Select(operation => operation.Id).ShouldBe(ids.Take(3));
        (await Store.Operations.FindAsync("unknown")).ShouldBeNull();
    }

    [Fact]
    public async Task Queue_ManyAtOnce_MakesOneThatTheRunTakesOver()
    {
        var account = await ConnectAsync();

        var queued = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Task.Run(() => Store.Operations.QueueAsync(account, OperationKinds.FullSync))));

        queued.Count(result => result!.IsNew).ShouldBe(1);
        var id = queued.Select(result => result!.Operation.Id).Distinct().ShouldHaveSingleItem();
        (await Store.Accounts.FindAsync(account))!.Status.ShouldBe(AccountStatus.InitialSync);
        (await Store.Operations.FindLiveAsync(account, OperationKinds.FullSync))!.Status.ShouldBe(OperationStatus.Pending);
        var started = (await Store.Operations.TryStartAsync(account, OperationKinds.FullSync)).ShouldNotBeNull();
        (started.Id, started.Status).ShouldBe((id, OperationStatus.Running));
        (await Store.Operations.TryStartAsync(account, OperationKinds.FullSync)).ShouldBeNull();
        (await Store.Operations.QueueAsync(account, OperationKinds.FullSync)).ShouldBe(new QueuedOperation(started, IsNew: false));
    }

    [Fact]
    public async Task Queue_RunWithoutASignOfLife_IsClosedAndANewOneWaits()
    {
        var account = await ConnectAsync();
        var silent = (await Store.Operations.TryStartAsync(account, OperationKinds.FullSync))!;
        await SilenceAsync(silent);

        var queued = (await Store.Operations.QueueAsync(account, OperationKinds.FullSync)).ShouldNotBeNull();

        queued.IsNew.ShouldBeTrue();
        (await Store.Operations.FindAsync(silent.Id))!.Status.ShouldBe(OperationStatus.Failed);
    }

    [Fact]
    public async Task Queue_AccountWithoutCalls_MakesNone()
    {
        var suspended = await ConnectAsync();
        await Store.Accounts.SuspendAsync(suspended);

        (await Store.Operations.QueueAsync(suspended, OperationKinds.FullSync)).ShouldBeNull();
        (await Store.Operations.QueueAsync(AccountId.Create(), OperationKinds.FullSync)).ShouldBeNull();

        (await Store.Operations.ListAsync(suspended, 10)).ShouldBeEmpty();
        (await Store.Accounts.FindAsync(suspended))!.Status.ShouldBe(AccountStatus.Idle);
    }

    [Fact]
    public async Task Work_RunWithoutASignOfLife_IsToBeDoneAgain()
    {
        var account = await ConnectAsync();
        var running = (await Store.Operations.TryStartAsync(account, OperationKinds.FullSync))!;
        var alive = (await Store.Work.FindAsync(account))!;

        await SilenceAsync(running);

        (alive.HasSync, (await Store.Work.FindAsync(account))!.HasSync).ShouldBe((false, true));
    }

    private Task<int> SilenceAsync(Operation operation) =>
        Store.ExecuteAsync($"update sync_operations set heartbeat_at = {Store.LongAgo} where operation_id = '{operation.Id}'");
}
