using System.Data.Common;
using BrxSync.Client;
using BrxSync.Client.RateLimiting;
using BrxSync.Store.Compliance;
using BrxSync.Store.Compliance.Histories;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BrxSync.Integration.Tests.PostgreSql;

/// <summary>Connections that died while they were idle in the pool: nobody notices, and nothing happens twice.</summary>
public sealed class DeadConnectionTests : MarketplaceSuite
{
    private readonly RecordingLoggerProvider _logs = new(LogLevel.Warning);
    private readonly RelayedPostgreSqlStore _store = new();

    protected override int Products => 60;

    protected override StoreUnderTest CreateStore() => _store;

    public override async Task InitializeAsync()
    {
        Store.Extra = brx =>
        {
            brx.WithoutJobs().Services.AddSingleton<IRateLimiter>(new FreeLimiter());
            brx.Services.AddLogging(logging => logging.AddProvider(_logs));
        };
        await base.InitializeAsync();
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _logs.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Receive_IdleConnectionsDied_IsAppliedOnceAndInSilence(bool broken)
    {
        var product = Seller.GetStock().First(level => level.Quantity > 2).ProductId;
        var before = await QuantityAsync(product);
        var sale = Deliveries.Sale(product);

        await KillAsync(broken);
        var first = await Intake.ReceiveAsync(Account, sale);
        await KillAsync(broken);
        var again = await Intake.ReceiveAsync(Account, sale);

        (first.Outcome, again.Outcome).ShouldBe((DeliveryOutcome.Applied, DeliveryOutcome.Duplicate));
        (await QuantityAsync(product)).ShouldBe(before - 1);
        _logs.Entries.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sync_IdleConnectionsDied_Completes(bool broken)
    {
        await KillAsync(broken);
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
        await KillAsync(broken);
        (await Store.Reconciliation.RunAsync(Account)).Status.ShouldBe(OperationStatus.Completed);

        _logs.Entries.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EveryOtherUse_IdleConnectionsDied_Works(bool broken)
    {
        await KillAsync(broken);
        (await HealthAsync()).Status.ShouldBe(HealthStatus.Healthy);
        await KillAsync(broken);
        (await Store.Migrator.MigrateAsync()).ShouldBe(0);
        await KillAsync(broken);
        (await Store.Snapshots.ListRecentAsync(Account, 5)).ShouldNotBeEmpty();
        await KillAsync(broken);
        (await Store.Accounts.SuspendAsync(Account)).ShouldNotBeNull();
        await KillAsync(broken);
        (await Store.Accounts.ResumeAsync(Account)).ShouldNotBeNull();
        await KillAsync(broken);
        (await ItemsAsync(Account)).ShouldNotBeEmpty();

        _logs.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Save_ConnectionDiedAfterTheLoad_FailsAndLeavesEverythingAsItWas()
    {
        var product = Seller.GetStock().First(level => level.Quantity > 2).ProductId;
        await using var session = await Store.Stock.OpenAsync(Account);
        await session.LoadAsync(new StockScope());
        await _store.EndConnectionsAsync("idle in transaction");

        await Should.ThrowAsync<NpgsqlException>(
            () => session.SaveAsync(new StockWrites { Rereads = [new RereadRequest(new(product), null, DateTimeOffset.UtcNow)] }));

        (await Store.Stock.ListRereadsAsync(Account, 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Receive_Usually_TakesTwoRoundTrips()
    {
        var products = Seller.GetStock().Where(level => level.Quantity > 2).Take(4).Select(level => level.ProductId).ToArray();
        foreach (var product in products[..3])
        {
            await Intake.ReceiveAsync(Account, Deliveries.Sale(product));
        }

        var sent = 0;
        _store.Relay.OnSend = _ => Interlocked.Increment(ref sent);
        await Intake.ReceiveAsync(Account, Deliveries.Sale(products[3]));

        sent.ShouldBe(2);
    }

    [Fact]
    public async Task Use_ServerIsGone_FailsAndSaysSoUntilItIsBack()
    {
        _store.Relay.Cut();

        await Should.ThrowAsync<DbException>(() => Intake.ReceiveAsync(Account, Deliveries.Sale(1)));
        await Should.ThrowAsync<DbException>(() => Store.Accounts.FindAsync(Account));
        var down = await HealthAsync();
        _store.Relay.Mend();
        var up = await HealthAsync();

        (down.Status, up.Status).ShouldBe((HealthStatus.Unhealthy, HealthStatus.Healthy));
    }

    private IWebhooks Intake => Store.Services.GetRequiredService<IWebhooks>();

    private async Task<HealthReport> HealthAsync() =>
        await Store.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "brxsync-store");

    private async Task<int> QuantityAsync(long product) =>
        (await Store.Inventory.FindAsync(Account, new ProductId(product))).ShouldNotBeNull().Quantity;

    private async Task KillAsync(bool broken)
    {
        if (broken)
        {
            _store.Relay.Cut();
            _store.Relay.Mend();
        }
        else
        {
            (await _store.EndConnectionsAsync("idle")).ShouldBeGreaterThan(0);
        }
    }
}
