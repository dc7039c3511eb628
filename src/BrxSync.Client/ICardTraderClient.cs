namespace BrxSync.Client;

/// <summary>Calls the CardTrader API for any number of sellers. Thread safe; one instance serves the whole process.</summary>
public interface ICardTraderClient
{
    /// <summary>Binds the client to the token of one seller.</summary>
    /// <param name="token">The token every call of the returned handle uses.</param>
    /// <returns>A cheap, thread-safe handle that needs no disposal.</returns>
    ICardTraderAccount ForToken(CardTraderToken token);
}
