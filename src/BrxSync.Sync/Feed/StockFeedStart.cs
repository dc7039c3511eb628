namespace BrxSync.Sync.Feed;

/// <summary>Where a feed begins with an account that it has not seen yet.</summary>
public enum StockFeedStart
{
    /// <summary>With the first entry of the journal: the handler gets all of the stock.</summary>
    Beginning,

    /// <summary>With the first entry that is written after the feed has seen the account.</summary>
    Now,
}
