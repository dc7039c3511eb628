namespace BrxSync.Sync;

/// <summary>Names the parts of the service that leave dead letters, as stored and shown.</summary>
public static class DeadLetterSources
{
    /// <summary>Local changes on their way to CardTrader.</summary>
    public const string Changes = "changes";

    /// <summary>Orders that could not be read.</summary>
    public const string Orders = "orders";

    /// <summary>Jobs that failed as a whole.</summary>
    public const string Jobs = "jobs";

    /// <summary>Handlers of the stock feed.</summary>
    public const string Feed = "feed";
}
