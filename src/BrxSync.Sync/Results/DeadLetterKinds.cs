namespace BrxSync.Sync;

/// <summary>Names the kinds of work that dead letters are about, as stored and shown.</summary>
public static class DeadLetterKinds
{
    /// <summary>A change of an item's quantity or fields.</summary>
    public const string Update = "sync_update";

    /// <summary>An item that was taken off sale here.</summary>
    public const string Delete = "sync_delete";

    /// <summary>A product that was to be put on sale.</summary>
    public const string Create = "sync_create";

    /// <summary>A change of which nobody can tell whether it had its effect. To replay it says that it had none.</summary>
    public const string InDoubt = "in_doubt";

    /// <summary>An order that could not be fetched by its id; it is the subject.</summary>
    public const string OrderFetch = "order_fetch";

    /// <summary>A row in the list of orders that could not be read, and whose id is not known.</summary>
    public const string UnreadableOrder = "unreadable_order";

    /// <summary>
    /// Entries of the journal that the handler of a feed did not take; the feed is the subject, and paused. To replay it tries them again,
    /// to discard it goes on after them.
    /// </summary>
    public const string FeedBatch = "feed_batch";

    /// <summary>A full sync that failed. To replay it starts another one.</summary>
    public const string SyncJob = "sync";

    /// <summary>A reconciliation that failed. To replay it starts another one.</summary>
    public const string ReconcileJob = "reconcile";

    /// <summary>A job that reads products and orders again, and applies deliveries that waited.</summary>
    public const string RereadJob = "reread";

    /// <summary>A job that sends changes.</summary>
    public const string PushJob = "push";

    /// <summary>A job that looks for orders whose webhooks were missed.</summary>
    public const string OrdersJob = "orders";

    /// <summary>A job that hands entries of the journal to the feeds.</summary>
    public const string FeedJob = "feed";
}
