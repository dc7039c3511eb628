using BrxSync.Store.Compliance;
using BrxSync.Store.Compliance.Accounts;
using BrxSync.Store.Compliance.Adapters;
using BrxSync.Store.Compliance.Changes;
using BrxSync.Store.Compliance.DeadLetters;
using BrxSync.Store.Compliance.Feed;
using BrxSync.Store.Compliance.Histories;
using BrxSync.Store.Compliance.Orders;
using BrxSync.Store.Compliance.Purchases;
using BrxSync.Store.Compliance.Reconciliation;
using BrxSync.Store.Compliance.Retention;
using BrxSync.Store.Compliance.Runs;
using BrxSync.Store.Compliance.Snapshots;
using BrxSync.Store.Compliance.Time;
using BrxSync.Store.Compliance.Webhooks;

namespace BrxSync.Integration.Tests.PostgreSql;

public sealed class PostgreSqlAccountStoreTests : AccountStoreSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlOperationStoreTests : OperationStoreSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlWorkStoreTests : WorkStoreSuite
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

public sealed class PostgreSqlJournalTests : JournalSuite
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

public sealed class PostgreSqlMarketHistoryTests : MarketHistorySuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlSampleInboundTests : SampleInboundSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlWebhookIntakeTests : WebhookIntakeSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlOrderPollingTests : OrderPollingSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlHostileDeliveryTests : HostileDeliverySuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlSteppedClockTests : SteppedClockSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlUndecidedOrderTests : UndecidedOrderSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlProcessStoryTests : ProcessStorySuite
{
    protected override string StoreArgument => ((PostgreSqlStore)Store).Database.ConnectionString;

    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlEditTests : EditSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlBulkEditTests : BulkEditSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlDeadLetterTests : DeadLetterSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlSafetyStockTests : SafetyStockSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlPurchaseTests : PurchaseSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlEndedPurchaseTests : EndedPurchaseSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlPurchaseRaceTests : PurchaseRaceSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlPushTests : PushSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlOpenDeadLettersTests : OpenDeadLettersSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlGivenUpOrderTests : GivenUpOrderSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlPushRaceTests : PushRaceSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlStoppedProcessTests : StoppedProcessSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlFeedDeliveryTests : FeedDeliverySuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlChangeStoryTests : ChangeStorySuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlFeedFailureTests : FeedFailureSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlFeedStreamTests : FeedStreamSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlRetentionTests : RetentionSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlAccountPurgeTests : AccountPurgeSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlGrowingTablesTests : GrowingTablesSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlJobLetterTests : JobLetterSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}

public sealed class PostgreSqlDeadLetterBatchTests : DeadLetterBatchSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore();
}
