using BrxSync.Store.Compliance.Changes;
using BrxSync.Store.Compliance.Accounts;
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

namespace BrxSync.Store.Compliance.Adapters.Sqlite;

public sealed class SqliteAccountStoreTests : AccountStoreSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteOperationStoreTests : OperationStoreSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteWorkStoreTests : WorkStoreSuite
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

public sealed class SqliteJournalTests : JournalSuite
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

public sealed class SqliteMarketHistoryTests : MarketHistorySuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteSampleInboundTests : SampleInboundSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteWebhookIntakeTests : WebhookIntakeSuite
{
    protected override bool CanKeepWhileHeld => false;

    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteOrderPollingTests : OrderPollingSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteEditTests : EditSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteSafetyStockTests : SafetyStockSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteBulkEditTests : BulkEditSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqlitePurchaseTests : PurchaseSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteEndedPurchaseTests : EndedPurchaseSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqlitePurchaseRaceTests : PurchaseRaceSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqlitePushTests : PushSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteHostileDeliveryTests : HostileDeliverySuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteSteppedClockTests : SteppedClockSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteUndecidedOrderTests : UndecidedOrderSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteProcessStoryTests : ProcessStorySuite
{
    protected override string StoreArgument => ((SqliteStore)Store).FilePath;

    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteBlueprintPropertyStoreTests : BlueprintPropertyStoreSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteDeadLetterTests : DeadLetterSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqlitePropertyPlanTests : PropertyPlanSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteOpenDeadLettersTests : OpenDeadLettersSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteGivenUpOrderTests : GivenUpOrderSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqlitePushRaceTests : PushRaceSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteStoppedProcessTests : StoppedProcessSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteFeedDeliveryTests : FeedDeliverySuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteChangeStoryTests : ChangeStorySuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteFeedFailureTests : FeedFailureSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteFeedStreamTests : FeedStreamSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteRetentionTests : RetentionSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteAccountPurgeTests : AccountPurgeSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteGrowingTablesTests : GrowingTablesSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteJobLetterTests : JobLetterSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}

public sealed class SqliteDeadLetterBatchTests : DeadLetterBatchSuite
{
    protected override StoreUnderTest CreateStore() => new SqliteStore();
}
