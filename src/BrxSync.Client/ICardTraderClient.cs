using BrxSync.Client.RateLimiting;

namespace BrxSync.Client;

/// <summary>Calls the CardTrader API for any number of sellers. Thread safe; one instance serves the whole process.</summary>
public interface ICardTraderClient
{
    /// <summary>Binds the client to the token of one seller.</summary>
    /// <param name="token">The token every call of the returned handle uses.</param>
    /// <param name="priority">
    /// Who goes first when calls have to wait for the rate limit: <see cref="RateLimitPriority.High"/> for calls somebody waits for.
    /// </param>
    /// <returns>A cheap, thread-safe handle that needs no disposal.</returns>
    ICardTraderAccount ForToken(CardTraderToken token, RateLimitPriority priority = RateLimitPriority.Normal);
}
