using BrxSync.Client.Http;
using BrxSync.Client.RateLimiting;
using Microsoft.Extensions.Options;

namespace BrxSync.Client;

internal sealed class CardTraderClient(EndpointFactory endpoints, IOptions<CardTraderClientOptions> options, TimeProvider timeProvider)
    : ICardTraderClient
{
    private readonly CardTraderClientOptions _options = options.Value;

    public ICardTraderAccount ForToken(CardTraderToken token, RateLimitPriority priority = RateLimitPriority.Normal)
    {
        ArgumentNullException.ThrowIfNull(token);
        return new CardTraderAccount(endpoints.For(new Caller(token, priority)), _options, timeProvider);
    }
}
