using BrxSync.Client.Http;
using BrxSync.Client.RateLimiting;

namespace BrxSync.Client;

internal sealed class CardTraderClient(CardTraderSender sender, EndpointFactory endpoints) : ICardTraderClient
{
    public ICardTraderAccount ForToken(CardTraderToken token, RateLimitPriority priority = RateLimitPriority.Normal)
    {
        ArgumentNullException.ThrowIfNull(token);
        return new CardTraderAccount(new AccountSender(sender, token, priority), endpoints.For(new Caller(token, priority)));
    }
}
