namespace BrxSync.Client.RateLimiting;

/// <summary>Says how a leased request ended, as far as the server's counting is concerned.</summary>
public enum RateLimitOutcomeKind
{
    /// <summary>An answer arrived: the server counted the request before this moment.</summary>
    Answered = 0,

    /// <summary>No answer: the request timed out, was cancelled in flight or lost its connection. It may have been counted.</summary>
    Lost = 1,

    /// <summary>The request never left: no byte of it was sent, so its slot is free at once.</summary>
    NotSent = 2,

    /// <summary>The server answered 429 although our own count was below the limit.</summary>
    Refused = 3,
}
