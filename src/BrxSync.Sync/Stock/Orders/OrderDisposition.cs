namespace BrxSync.Sync.Stock.Orders;

/// <summary>What became of a report about an order.</summary>
internal enum OrderDisposition
{
    /// <summary>It changed what counts.</summary>
    Applied,

    /// <summary>It was newer than what was known, and nothing counts differently for it.</summary>
    NothingToDo,

    /// <summary>It tells of an earlier time than what is known, or of the same: a duplicate or a late delivery.</summary>
    Outdated,

    /// <summary>It does not say enough: the order is fetched by its id before anything is decided.</summary>
    FetchFirst,

    /// <summary>It does not say enough, and there is nothing better to ask for. A person is told.</summary>
    Undecided,

    /// <summary>We are the buyer: no stock of ours is concerned.</summary>
    Purchase,
}
