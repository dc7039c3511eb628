namespace BrxSync.Client.Http;

/// <summary>
/// How a call is retried, timed and limited. The method tells it; what differs from that is declared at the endpoint, as the default of a
/// parameter that callers leave out.
/// </summary>
internal enum CallKind
{
    /// <summary>GET reads, POST does it again when repeated, whatever else sets a final state.</summary>
    ByMethod = 0,

    /// <summary>Sets a final state although it is a POST.</summary>
    Repeatable,

    /// <summary>A second call would answer an error although it is no POST.</summary>
    NotRepeatable,

    /// <summary>Reads an answer that is consumed as it arrives.</summary>
    StreamedRead,

    /// <summary>Reads the stock export as it arrives.</summary>
    Export,

    /// <summary>Asks how far a job is.</summary>
    JobPoll,

    /// <summary>Reads what is offered, which has a limit of its own.</summary>
    MarketplaceRead,
}
