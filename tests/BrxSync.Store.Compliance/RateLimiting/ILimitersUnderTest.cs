using BrxSync.Client.RateLimiting;

namespace BrxSync.Store.Compliance.RateLimiting;

/// <summary>The limiters of several callers that share the limits.</summary>
public interface ILimitersUnderTest : IDisposable
{
    /// <summary>Whether one of them waits for something else than the clock.</summary>
    bool AreBusy { get; }

    /// <summary>Makes the limiter of one more caller, or gives the one that all share.</summary>
    IRateLimiter Add();
}
