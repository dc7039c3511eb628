using BrxSync.Client;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Time;

/// <summary>Times that were stored before the clock was set back hold nothing up.</summary>
public abstract class WallClockSuite : StoreSuite
{
    private static readonly TimeSpan Back = TimeSpan.FromHours(-3);

    private readonly ManualTimeProvider _time = new();

    public override Task InitializeAsync()
    {
        Store.Extra = brx => brx.Services.AddSingleton<TimeProvider>(_time);
        return base.InitializeAsync();
    }

    [Fact]
    public async Task Rereads_PostponedThenClockSetBack_AreDue()
    {
        var account = await ConnectAsync();
        await Store.ExecuteAsync(
            $"insert into reread_requests (user_id, external_stock_id, blueprint_id, asked_at) select user_id, '1', 1, created_at from user_sync_settings where user_id = '{account}'");
        await Store.Stock.PostponeRereadsAsync(
            account,
            [new DueReread(new RereadRequest(new ProductId(1), new BlueprintId(1), _time.GetUtcNow()), new BlueprintId(1), 9)],
            _time.GetUtcNow().AddMinutes(15));

        (await DueAsync(account)).ShouldBe((0, 0, false, false));
        _time.StepWallClock(TimeSpan.FromSeconds(-1));

        (await DueAsync(account)).ShouldBe((1, 0, true, false));
        _time.StepWallClock(Back);
        (await DueAsync(account)).ShouldBe((1, 0, true, false));
    }

    [Fact]
    public async Task Fetches_PostponedThenClockSetBack_AreDue()
    {
        var account = await ConnectAsync();
        await Store.ExecuteAsync(
            $"insert into order_fetches (user_id, order_id, asked_at) select user_id, 1, created_at from user_sync_settings where user_id = '{account}'");
        await Store.Stock.PostponeFetchAsync(account, new OrderId(1), _time.GetUtcNow().AddHours(1));

        (await DueAsync(account)).ShouldBe((0, 0, false, false));
        _time.StepWallClock(Back);

        (await DueAsync(account)).ShouldBe((0, 1, false, true));
    }

    [Fact]
    public async Task Run_DeadThenClockSetBack_IsClosedAndDoneAgain()
    {
        var account = await ConnectAsync();
        var dead = (await Store.Operations.TryStartAsync(account, OperationKinds.FullSync))!;
        (await Store.Work.FindAsync(account))!.HasSync.ShouldBeFalse();

        _time.StepWallClock(Back);

        (await Store.Work.FindAsync(account))!.HasSync.ShouldBeTrue();
        (await Store.Operations.QueueAsync(account, OperationKinds.FullSync))!.IsNew.ShouldBeTrue();
        (await Store.Operations.FindAsync(dead.Id))!.Status.ShouldBe(OperationStatus.Failed);
    }

    [Fact]
    public async Task Run_GivesASignOfLifeAfterClockSetBack_IsAlive()
    {
        var account = await ConnectAsync();
        var run = (await Store.Operations.TryStartAsync(account, OperationKinds.FullSync))!;

        _time.StepWallClock(Back);
        await Store.Operations.ReportAsync(run.AccountId, run.Id, new SyncProgress());

        (await Store.Work.FindAsync(account))!.HasSync.ShouldBeFalse();
        (await Store.Operations.QueueAsync(account, OperationKinds.FullSync))!.IsNew.ShouldBeFalse();
    }

    private async Task<(int Rereads, int Fetches, bool HasRereads, bool HasFetches)> DueAsync(AccountId account)
    {
        var work = (await Store.Work.FindAsync(account))!;
        return (
            (await Store.Stock.ListRereadsAsync(account, 10)).Count,
            (await Store.Stock.ListFetchesAsync(account, 10)).Count,
            work.HasRereads,
            work.HasOrderFetches);
    }
}
