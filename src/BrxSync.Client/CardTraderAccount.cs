using BrxSync.Client.Account;
using BrxSync.Client.Catalog;
using BrxSync.Client.Http;
using BrxSync.Client.Imports;
using BrxSync.Client.Inventory;
using BrxSync.Client.Jobs;
using BrxSync.Client.Marketplace;
using BrxSync.Client.Orders;
using BrxSync.Client.Wishlists;

namespace BrxSync.Client;

internal sealed class CardTraderAccount(AccountEndpoints endpoints, CardTraderClientOptions options, TimeProvider timeProvider)
    : ICardTraderAccount
{
    public IAccountApi Account { get; } = new AccountApi(endpoints.Of<IAccountEndpoints>());

    public ICatalogApi Catalog { get; } = new CatalogApi(endpoints.Of<ICatalogEndpoints>());

    public IInventoryApi Inventory { get; } = new InventoryApi(endpoints.Of<IInventoryEndpoints>(), options);

    public IMarketplaceApi Marketplace { get; } = new MarketplaceApi(endpoints.Of<IMarketplaceEndpoints>(), options);

    public IJobsApi Jobs { get; } = new JobsApi(
        endpoints.Of<IJobsEndpoints>(), endpoints.Of<IInventoryEndpoints>(), timeProvider);

    public IImportsApi Imports { get; } = new ImportsApi(endpoints.Of<IImportsEndpoints>());

    public IOrdersApi Orders { get; } = new OrdersApi(endpoints.Of<IOrdersEndpoints>());

    public IWishlistsApi Wishlists { get; } = new WishlistsApi(endpoints.Of<IWishlistsEndpoints>());

    public ICardTraderAccount WithAnswerObserver(Action<AnswerTime> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return new CardTraderAccount(endpoints.WithAnswerObserver(observer), options, timeProvider);
    }
}
