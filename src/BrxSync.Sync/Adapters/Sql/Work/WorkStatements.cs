namespace BrxSync.Sync.Adapters.Sql.Work;

/// <summary>The statements of <see cref="SqlWorkStore"/> in one dialect.</summary>
internal sealed record WorkStatements
{
    /// <summary>Gets what tells what waits for one account that calls may be made for.</summary>
    public required string Find { get; init; }

    /// <summary>Gets what lists a page of the accounts that the sweep has to look at, where no feed has a handler.</summary>
    public required string ListDue { get; init; }

    /// <summary>Gets the same with those whose feeds are behind.</summary>
    public required string ListDueWithFeeds { get; init; }

    /// <summary>Gets what stores when accounts are to be looked at again; a row that somebody else holds is left out.</summary>
    public required string Plan { get; init; }
}
