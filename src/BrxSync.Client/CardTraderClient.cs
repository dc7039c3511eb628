using BrxSync.Client.Http;

namespace BrxSync.Client;

internal sealed class CardTraderClient(CardTraderSender sender) : ICardTraderClient
{
    public ICardTraderAccount ForToken(CardTraderToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return new CardTraderAccount(new AccountSender(sender, token));
    }
}
