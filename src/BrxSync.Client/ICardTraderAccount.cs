using BrxSync.Client.Account;
using BrxSync.Client.Catalog;
using BrxSync.Client.Imports;
using BrxSync.Client.Inventory;
using BrxSync.Client.Jobs;
using BrxSync.Client.Marketplace;
using BrxSync.Client.Orders;
using BrxSync.Client.Wishlists;

namespace BrxSync.Client;

/// <summary>The CardTrader API as seen with the token of one seller, grouped by area.</summary>
public interface ICardTraderAccount
{
    /// <summary>Gets the calls about the API application and its owner.</summary>
    IAccountApi Account { get; }

    /// <summary>Gets the calls about games, expansions, categories and blueprints.</summary>
    ICatalogApi Catalog { get; }

    /// <summary>Gets the calls about the seller's own products.</summary>
    IInventoryApi Inventory { get; }

    /// <summary>Gets the calls about what others sell, the cart and shipping methods.</summary>
    IMarketplaceApi Marketplace { get; }

    /// <summary>Gets the calls about jobs, and bulk runs of any size.</summary>
    IJobsApi Jobs { get; }

    /// <summary>Gets the calls about CSV imports.</summary>
    IImportsApi Imports { get; }

    /// <summary>Gets the calls about orders.</summary>
    IOrdersApi Orders { get; }

    /// <summary>Gets the calls about wishlists.</summary>
    IWishlistsApi Wishlists { get; }
}
