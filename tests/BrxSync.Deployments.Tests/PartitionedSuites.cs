using BrxSync.Integration.Tests.PostgreSql;
using BrxSync.Store.Compliance;
using BrxSync.Store.Compliance.Accounts;
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
using BrxSync.Store.Compliance.Webhooks;

namespace BrxSync.Deployments.Tests;

public sealed class PartitionedAccountStoreTests : AccountStoreSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedOperationStoreTests : OperationStoreSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedWorkStoreTests : WorkStoreSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedSnapshotStoreTests : SnapshotStoreSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedJournalTests : JournalSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedFullSyncTests : FullSyncSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedReconciliationTests : ReconciliationSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedExpansionSyncTests : ExpansionSyncSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedSnapshotReviewTests : SnapshotReviewSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedSmallShopTests : SmallShopSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedAccountLifeTests : AccountLifeSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedWebhookIntakeTests : WebhookIntakeSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedOrderPollingTests : OrderPollingSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedUndecidedOrderTests : UndecidedOrderSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedEditTests : EditSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedBulkEditTests : BulkEditSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedDeadLetterTests : DeadLetterSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedSafetyStockTests : SafetyStockSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedPurchaseTests : PurchaseSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedPushTests : PushSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedOpenDeadLettersTests : OpenDeadLettersSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedGivenUpOrderTests : GivenUpOrderSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedFeedDeliveryTests : FeedDeliverySuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedRetentionTests : RetentionSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedAccountPurgeTests : AccountPurgeSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}

public sealed class PartitionedGrowingTablesTests : GrowingTablesSuite
{
    protected override StoreUnderTest CreateStore() => new PostgreSqlStore(isPartitioned: true);
}
