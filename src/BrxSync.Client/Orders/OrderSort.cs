namespace BrxSync.Client.Orders;

/// <summary>The order in which orders are listed.</summary>
public enum OrderSort
{
    /// <summary>Newest first (<c>date.desc</c>): CardTrader's default. New orders shift the pages while you walk.</summary>
    NewestFirst = 0,

    /// <summary>Oldest first (<c>date.asc</c>).</summary>
    OldestFirst = 1,

    /// <summary>By ascending id (<c>id.asc</c>): the one order in which a walk misses nothing.</summary>
    IdAscending = 2,

    /// <summary>By descending id (<c>id.desc</c>).</summary>
    IdDescending = 3,
}
