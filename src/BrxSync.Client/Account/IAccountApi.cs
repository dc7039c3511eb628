namespace BrxSync.Client.Account;

/// <summary>Reads what the token belongs to.</summary>
public interface IAccountApi
{
    /// <summary>Reads the API application of the token (<c>GET /info</c>): the cheapest way to test a token.</summary>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="Errors.CardTraderAuthenticationException">The token is not accepted.</exception>
    Task<AppInfo> GetInfoAsync(CancellationToken cancellationToken = default);
}
