namespace BrxSync.Client.Account;

/// <summary>Reads what the token belongs to.</summary>
public interface IAccountApi
{
    /// <summary>Reads the API application of the token (<c>GET /info</c>): the cheapest way to test a token.</summary>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="Errors.CardTraderAuthenticationException">The token is not accepted.</exception>
    Task<AppInfo> GetInfoAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets where CardTrader sends webhooks (<c>PATCH /app</c>), and reads the application to see whether it did. <b>Undocumented</b>: the
    /// call may vanish without notice.
    /// </summary>
    /// <param name="address">The absolute address; <see langword="null"/> to have none sent.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>The application; compare its <see cref="AppInfo.WebhookUrl"/>.</returns>
    /// <exception cref="Errors.CardTraderException">
    /// The address is refused, here or by CardTrader, or the call does not exist any more.
    /// </exception>
    Task<AppInfo> SetWebhookUrlAsync(Uri? address, CancellationToken cancellationToken = default);
}
