using BrxSync.Client.Account;
using BrxSync.Client.Catalog;
using BrxSync.Client.Inventory;

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
}
