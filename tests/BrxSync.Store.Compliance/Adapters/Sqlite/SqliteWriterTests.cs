using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BrxSync.Store.Compliance.Adapters.Sqlite;

/// <summary>Who waits to write in SQLite holds no thread, ends within its limit, and keeps no reader waiting.</summary>
public sealed class SqliteWriterTests : SqliteBusySuite
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Writes_WhileAnotherWrites_WaitWithoutAThread(bool isForeign)
    {
        await using var writes = await AllWrites.PrepareAsync(this, Store);
        var holder = await HoldAsync(isForeign);

        var started = writes.Select(write => (write.Name, Task: write.Start())).ToArray();

        // Whoever waits has given the thread back: the call has returned, and is not done.
        started.Where(write => write.Task.IsCompleted).Select(write => write.Name).ShouldBeEmpty();
        await holder.DisposeAsync();
        await Task.WhenAll(started.Select(write => write.Task)).WaitAsync(RealTimeLimit);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_AnotherWritesForTooLong_EndsWithATransientFault(bool isForeign)
    {
        var account = await ConnectAsync();
        await using var holder = await HoldAsync(isForeign);

        var write = Store.Accounts.SuspendAsync(account);
        Time.Advance(TimeSpan.FromSeconds(10));

        var fault = await Should.ThrowAsync<DbException>(() => write.WaitAsync(RealTimeLimit));
        fault.IsTransient.ShouldBeTrue();
        fault.Message.ShouldContain("10 seconds");
        (await Store.Accounts.FindAsync(account))!.SuspendedAt.ShouldBeNull();
    }

    [Fact]
    public async Task Write_CancelledWhileItWaits_EndsAtOnceAndLetsTheNextIn()
    {
        var account = await ConnectAsync();
        using var cancelled = new CancellationTokenSource();
        var holder = await HoldAsync(isForeign: false);
        var first = Store.Accounts.SuspendAsync(account, cancelled.Token);
        var second = Store.Accounts.SuspendAsync(account);

        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => first.WaitAsync(RealTimeLimit));
        await holder.DisposeAsync();
        (await second.WaitAsync(RealTimeLimit))!.SuspendedAt.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reads_WhileAnotherWritesAndOthersWait_AreAnsweredAtOnce(bool isForeign)
    {
        var account = await ConnectAsync();
        await using var writes = await AllWrites.PrepareAsync(this, Store);
        var holder = await HoldAsync(isForeign);
        var waiting = writes.Select(write => write.Start()).ToArray();

        Task[] reads =
        [
            Store.Accounts.FindAsync(account),
            Store.Operations.FindAsync("health"),
            Store.Operations.ListAsync(account, 10),
            Store.ListDueAsync(),
            Store.Inventory.SummarizeAsync(account),
            Store.DriftReports.ListAsync(account, 10),
            Store.Snapshots.ListRecentAsync(account, 10),
            Store.Stock.ListWaitingAsync(account, 10),
            Store.Stock.GetOrderPositionAsync(account),
            ItemsAsync(account),
        ];
        var health = await Store.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "brxsync-store");

        reads.ShouldAllBe(read => read.IsCompletedSuccessfully);
        health.Status.ShouldBe(HealthStatus.Healthy);
        waiting.ShouldAllBe(write => !write.IsCompleted);
        await holder.DisposeAsync();
        await Task.WhenAll(waiting).WaitAsync(RealTimeLimit);
    }
}
