namespace BrxSync.Sync;

/// <summary>Names the kinds of work that dead letters are about, as stored and shown.</summary>
public static class DeadLetterKinds
{
    /// <summary>An order that could not be fetched by its id; it is the subject.</summary>
    public const string OrderFetch = "order_fetch";

    /// <summary>A row in the list of orders that could not be read, and whose id is not known.</summary>
    public const string UnreadableOrder = "unreadable_order";
}
