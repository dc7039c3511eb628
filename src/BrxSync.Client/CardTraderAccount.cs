using BrxSync.Client.Account;
using BrxSync.Client.Catalog;
using BrxSync.Client.Http;
using BrxSync.Client.Inventory;

namespace BrxSync.Client;

internal sealed class CardTraderAccount(AccountSender sender) : ICardTraderAccount
{
    public IAccountApi Account { get; } = new AccountApi(sender);

    public ICatalogApi Catalog { get; } = new CatalogApi(sender);

    public IInventoryApi Inventory { get; } = new InventoryApi(sender);
}
