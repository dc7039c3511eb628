namespace BrxSync.Sync.Stock.Changes;

/// <summary>How sending a change to the marketplace ended.</summary>
internal enum SendOutcome
{
    /// <summary>It was carried out, with or without a warning.</summary>
    Done,

    /// <summary>The product does not exist (any more).</summary>
    NotThere,

    /// <summary>It was refused for what it says, and would be again.</summary>
    Rejected,

    /// <summary>It was turned away before anything was done: a rate limit, or no byte was sent.</summary>
    NotSent,

    /// <summary>The answer was lost, cut short, or told of a fault on their side: it may have been carried out.</summary>
    AnswerLost,
}
