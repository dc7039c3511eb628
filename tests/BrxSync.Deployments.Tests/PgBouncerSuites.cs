using BrxSync.Integration.Tests.PostgreSql;
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

namespace BrxSync.Deployments.Tests;

public sealed class PgBouncerAccountStoreTests : AccountStoreSuite
{
    protected override StoreUnderTest CreateStore() => new PgBouncerStore();
}

public sealed class PgBouncerOperationStoreTests : OperationStoreSuite
{
    protected override StoreUnderTest CreateStore() => new PgBouncerStore();
}

public sealed class PgBouncerMigratorTests : MigratorSuite
{
    protected override StoreUnderTest CreateStore() => new PgBouncerStore();
}

public sealed class PgBouncerSnapshotStoreTests : SnapshotStoreSuite
{
    protected override StoreUnderTest CreateStore() => new PgBouncerStore();
}

public sealed class PgBouncerFullSyncTests : FullSyncSuite
{
    protected override StoreUnderTest CreateStore() => new PgBouncerStore();
}

public sealed class PgBouncerExpansionSyncTests : ExpansionSyncSuite
{
    protected override StoreUnderTest CreateStore() => new PgBouncerStore();
}

public sealed class PgBouncerWebhookIntakeTests : WebhookIntakeSuite
{
    protected override StoreUnderTest CreateStore() => new PgBouncerStore();
}

public sealed class PgBouncerOrderPollingTests : OrderPollingSuite
{
    protected override StoreUnderTest CreateStore() => new PgBouncerStore();
}

public sealed class PgBouncerBulkEditTests : BulkEditSuite
{
    protected override StoreUnderTest CreateStore() => new PgBouncerStore();
}

public sealed class PgBouncerPurchaseTests : PurchaseSuite
{
    protected override StoreUnderTest CreateStore() => new PgBouncerStore();
}

public sealed class PgBouncerPushTests : PushSuite
{
    protected override StoreUnderTest CreateStore() => new PgBouncerStore();
}

public sealed class PgBouncerFeedDeliveryTests : FeedDeliverySuite
{
    protected override StoreUnderTest CreateStore() => new PgBouncerStore();
}

public sealed class PgBouncerAccountPurgeTests : AccountPurgeSuite
{
    protected override StoreUnderTest CreateStore() => new PgBouncerStore();
}
