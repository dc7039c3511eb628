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
    public IAccountApi Account => field ??= new AccountApi(endpoints.Of<IAccountEndpoints>());

    public ICatalogApi Catalog => field ??= new CatalogApi(endpoints.Of<ICatalogEndpoints>(), options);

    public IInventoryApi Inventory => field ??= new InventoryApi(endpoints.Of<IInventoryEndpoints>(), options);

    public IMarketplaceApi Marketplace => field ??= new MarketplaceApi(endpoints.Of<IMarketplaceEndpoints>(), options);

    public IJobsApi Jobs => field ??= new JobsApi(
        endpoints.Of<IJobsEndpoints>(), endpoints.Of<IInventoryEndpoints>(), timeProvider);

    public IImportsApi Imports => field ??= new ImportsApi(endpoints.Of<IImportsEndpoints>());

    public IOrdersApi Orders => field ??= new OrdersApi(endpoints.Of<IOrdersEndpoints>());

    public IWishlistsApi Wishlists => field ??= new WishlistsApi(endpoints.Of<IWishlistsEndpoints>());

    public ICardTraderAccount WithAnswerObserver(Action<AnswerTime> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return new CardTraderAccount(endpoints.WithAnswerObserver(observer), options, timeProvider);
    }

    public ICardTraderAccount WithSendCondition(Func<bool> maySend)
    {
        ArgumentNullException.ThrowIfNull(maySend);
        return new CardTraderAccount(endpoints.WithSendCondition(maySend), options, timeProvider);
    }
}
