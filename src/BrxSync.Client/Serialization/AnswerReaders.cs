using System.Collections.Frozen;
using System.Text.Json;
using BrxSync.Client.Account;
using BrxSync.Client.Catalog;
using BrxSync.Client.Http;
using BrxSync.Client.Imports;
using BrxSync.Client.Inventory;
using BrxSync.Client.Jobs;
using BrxSync.Client.Marketplace;
using BrxSync.Client.Orders;
using BrxSync.Client.Wishlists;

namespace BrxSync.Client.Serialization;

/// <summary>Knows how the answer of every endpoint is read, by its type.</summary>
internal static class AnswerReaders
{
    private static readonly FrozenDictionary<Type, Delegate> Readers = Collect();

    public static T Read<T>(AnswerContent content) => ((Func<AnswerContent, T>)Readers[typeof(T)])(content);

    private static FrozenDictionary<Type, Delegate> Collect()
    {
        var readers = new Dictionary<Type, Delegate> { [typeof(UnreadAnswer)] = (AnswerContent content) => content.Parse() };
        Add(AppInfoReader.Read);
        Add(ProductAnswers.ReadProduct);
        Add(ProductAnswers.ReadWriteResult);
        Add(ProductAnswers.ReadImage);
        Add(JobReader.ReadReceipt);
        Add(ImportReader.ReadReceipt);
        AddNamed(CatalogReader.ReadGames);
        AddList("expansions", CatalogReader.ReadExpansion);
        AddList("categories", CatalogReader.ReadCategory);
        AddList("blueprints", CatalogReader.ReadBlueprint);
        Add(MarketplaceReader.ReadOffers);
        Add(MarketplaceReader.ReadCart);
        AddList("shipping methods", MarketplaceReader.ReadShippingMethod);
        Add(OrderReader.Read);
        AddList("orders", OrderReader.Read);
        Add(Ct0BoxItemReader.Read);
        AddList("items", Ct0BoxItemReader.Read);
        Add(WishlistReader.Read);
        AddList("wishlists", WishlistReader.Read);
        return readers.ToFrozenDictionary();

        void Add<T>(Func<JsonElement, T> read) => readers.Add(typeof(T), (AnswerContent content) => content.Parse().Read(read));

        // For answers that name the call when some of their rows cannot be read.
        void AddNamed<T>(Func<JsonElement, string, T> read) => readers.Add(
            typeof(T), (AnswerContent content) => content.Parse().Read(answer => read(answer, content.Call.Call.Name)));

        void AddList<T>(string what, Func<JsonElement, T> read) =>
            AddNamed((answer, operation) => TolerantList.Read(answer, what, read, operation));
    }
}
