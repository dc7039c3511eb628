using BrxSync.Store.Compliance;

namespace BrxSync.Integration.Tests.PostgreSql;

public sealed class PostgreSqlAccountStoreTests : AccountStoreSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlOperationStoreTests : OperationStoreSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlMigratorTests : MigratorSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlSnapshotStoreTests : SnapshotStoreSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlFullSyncTests : FullSyncSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlReconciliationTests : ReconciliationSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlExpansionSyncTests : ExpansionSyncSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlWallClockTests : WallClockSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlSnapshotReviewTests : SnapshotReviewSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlSmallShopTests : SmallShopSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlSyncFreshnessTests : SyncFreshnessSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlSampleExportTests : SampleExportSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlKilledProcessTests : KilledProcessSuite
{
    protected override string StoreArgument => ((PostgreSqlStore)Store).Database.ConnectionString;

    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlAccountLifeTests : AccountLifeSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlStockHistoryTests : StockHistorySuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlMarketHistoryTests : BrxSync.Store.Compliance.Inbound.MarketHistorySuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlSampleInboundTests : BrxSync.Store.Compliance.Inbound.SampleInboundSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlWebhookIntakeTests : BrxSync.Store.Compliance.Inbound.WebhookIntakeSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlOrderPollingTests : BrxSync.Store.Compliance.Inbound.OrderPollingSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlHostileDeliveryTests : BrxSync.Store.Compliance.Inbound.HostileDeliverySuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlSteppedClockTests : BrxSync.Store.Compliance.Inbound.SteppedClockSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlUndecidedOrderTests : BrxSync.Store.Compliance.Inbound.UndecidedOrderSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlProcessStoryTests : BrxSync.Store.Compliance.Inbound.ProcessStorySuite
{
    protected override string StoreArgument => ((PostgreSqlStore)Store).Database.ConnectionString;

    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}
