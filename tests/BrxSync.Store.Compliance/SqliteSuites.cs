namespace BrxSync.Store.Compliance;

public sealed class SqliteAccountStoreTests : AccountStoreSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteOperationStoreTests : OperationStoreSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteMigratorTests : MigratorSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteSnapshotStoreTests : SnapshotStoreSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteFullSyncTests : FullSyncSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteReconciliationTests : ReconciliationSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteExpansionSyncTests : ExpansionSyncSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteSnapshotReviewTests : SnapshotReviewSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteWallClockTests : WallClockSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteSmallShopTests : SmallShopSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteSyncFreshnessTests : SyncFreshnessSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteSampleExportTests : SampleExportSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteKilledProcessTests : KilledProcessSuite
{
    protected override string StoreArgument => ((SqliteStore)Store).FilePath;

    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteAccountLifeTests : AccountLifeSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteStockHistoryTests : StockHistorySuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteMarketHistoryTests : Inbound.MarketHistorySuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteSampleInboundTests : BrxSync.Store.Compliance.Inbound.SampleInboundSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteWebhookIntakeTests : BrxSync.Store.Compliance.Inbound.WebhookIntakeSuite
{
    protected override bool CanKeepWhileHeld => false;

    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteOrderPollingTests : BrxSync.Store.Compliance.Inbound.OrderPollingSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteHostileDeliveryTests : BrxSync.Store.Compliance.Inbound.HostileDeliverySuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteSteppedClockTests : BrxSync.Store.Compliance.Inbound.SteppedClockSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteUndecidedOrderTests : BrxSync.Store.Compliance.Inbound.UndecidedOrderSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteProcessStoryTests : BrxSync.Store.Compliance.Inbound.ProcessStorySuite
{
    protected override string StoreArgument => ((SqliteStore)Store).FilePath;

    protected override StoreUnderTest CreateStore() => new SqliteStore();
}
