namespace BrxSync.Sync.Diagnostics;

/// <summary>The log events of this package, 2000 to 2999.</summary>
internal static class EventIds
{
    // Full sync: 2000 to 2099.
    public const int SyncStarted = 2000;
    public const int SyncCompleted = 2001;
    public const int SyncWithheld = 2002;
    public const int SyncFailed = 2003;
    public const int SyncCancelled = 2004;
    public const int RunInterrupted = 2005;
    public const int ProgressNotStored = 2006;
    public const int OutcomeNotStored = 2007;
    public const int ProgressNotReported = 2008;
    public const int StoreFailed = 2009;
    public const int SnapshotAccepted = 2010;

    // Accounts: 2100 to 2199.
    public const int AccountConnected = 2100;
    public const int SellerChanged = 2101;
    public const int AccountSuspended = 2102;
    public const int AccountResumed = 2103;
    public const int AccountRemoved = 2104;
    public const int AccountStopped = 2105;
    public const int RefusalNotConfirmed = 2106;
    public const int WritesSwitched = 2107;
    public const int SafetyStockSet = 2108;
    public const int AccountPurged = 2109;

    // Stores: 2200 to 2299.
    public const int MigrationApplied = 2200;
    public const int SessionNotReleased = 2201;
    public const int PoolsExceedServer = 2202;
    public const int BudgetUnknown = 2203;
    public const int ReplicaLeft = 2204;
    public const int ReplicaUsed = 2205;

    // Orders, webhooks and re-reads: 2300 to 2399.
    public const int Oversold = 2300;
    public const int OrderNoticed = 2301;
    public const int DeliveryWaits = 2302;
    public const int OrdersPolled = 2303;
    public const int OrderNotFetched = 2305;
    public const int BlueprintNotRead = 2306;
    public const int ProductsReadAgain = 2307;
    public const int DeliveryNotApplied = 2308;

    // Changes: 2500 to 2549.
    public const int ChangesPushed = 2500;
    public const int DoubtNotRead = 2501;
    public const int BulkEditEnded = 2502;
    public const int BulkEditNotEnded = 2503;

    // Purchases: 2550 to 2599.
    public const int PurchasePending = 2550;
    public const int PurchaseUnavailable = 2551;

    // Catalogue: 2400 to 2499.
    public const int CatalogRetry = 2400;
    public const int CatalogCacheFailed = 2401;
    public const int CatalogCacheRecovered = 2402;

    // Properties of products as they go out: 2600 to 2699.
    public const int BlueprintNotLearned = 2600;
    public const int DefinitionsNotStored = 2601;

    // Dead letters: 2700 to 2799.
    public const int DeadLetterWritten = 2700;
    public const int DeadLetterReplayed = 2701;
    public const int DeadLetterDiscarded = 2702;

    // The stock feed: 2800 to 2899.
    public const int FeedBatchFailed = 2800;
    public const int FeedCursorLost = 2801;
    public const int FeedNotReleased = 2802;
    public const int FeedCursorSet = 2803;
    public const int FeedResumed = 2804;

    // History: 2900 to 2949.
    public const int HistoryRemoved = 2900;

    // Redis: 2950 to 2999.
    public const int RedisLost = 2950;
    public const int RedisRestored = 2951;
}
