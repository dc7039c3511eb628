using BrxSync.Client;
using BrxSync.Client.RateLimiting;
using BrxSync.Store.Compliance;
using BrxSync.Store.Compliance.Histories;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Integration.Tests.PostgreSql;

/// <summary>A role whose settings would break or twist whatever we do.</summary>
public sealed class PostgreSqlHostileRoleTests : HostileSessionSuite
{
    protected override StoreUnderTest CreateStore() => new HostilePostgreSqlStore(forRole: true);
}

/// <summary>A database whose settings would.</summary>
public sealed class PostgreSqlHostileDatabaseTests : HostileSessionSuite
{
    protected override StoreUnderTest CreateStore() => new HostilePostgreSqlStore(forRole: false);
}

/// <summary>What has to work on sessions that inherit nothing.</summary>
public abstract class HostileSessionSuite : MarketplaceSuite
{
    protected override int Products => 2000;

    private IWebhooks Intake => Store.Services.GetRequiredService<IWebhooks>();

    public override Task InitializeAsync()
    {
        Store.Extra = brx => brx.WithoutJobs().Services.AddSingleton<IRateLimiter>(new FreeLimiter());
        return base.InitializeAsync();
    }

    [Fact]
    public async Task EverythingThatTouchesTheStock_SettingsAgainstUs_WorksAsEverywhere()
    {
        (await Store.Migrator.MigrateAsync()).ShouldBe(0);
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
        Seller.ChangeProducts(changed: 300, added: 50);
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
        await ShouldEqualMarketplaceAsync();

        var product = Seller.GetStock().First(level => level.Quantity > 2).ProductId;
        Marketplace.Orders.Place(Seller, product, 1).ShouldNotBeNull();
        var polled = await Store.Services.GetRequiredService<IOrderPolling>().RunAsync(Account);
        polled.Applied.ShouldBe(1);
        await ShouldEqualMarketplaceAsync();

        var before = await QuantityAsync(product);
        (await Intake.ReceiveAsync(Account, Deliveries.Sale(product))).Outcome.ShouldBe(DeliveryOutcome.Applied);
        (await QuantityAsync(product)).ShouldBe(before - 1);

        var reconciled = await Store.Reconciliation.RunAsync(Account);
        reconciled.Status.ShouldBe(OperationStatus.Completed, reconciled.Error);
    }

    [Fact]
    public async Task Receive_WhileAnotherStepHoldsTheAccount_WaitsForItWhateverTheLimitOfTheServer()
    {
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
        var product = Seller.GetStock().First(level => level.Quantity > 2).ProductId;
        var holder = await Store.Stock.OpenAsync(Account);
        await holder.LoadAsync(new StockScope());

        var receiving = Intake.ReceiveAsync(Account, Deliveries.Sale(product));
        await ((HostilePostgreSqlStore)Store).UntilWaitingAsync();
        await holder.DisposeAsync();

        (await receiving).Outcome.ShouldBe(DeliveryOutcome.Applied);
    }

    private async Task<int> QuantityAsync(long product) =>
        (await Store.Inventory.FindAsync(Account, new ProductId(product))).ShouldNotBeNull().Quantity;
}
