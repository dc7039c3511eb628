using System.Collections.Frozen;
using System.Text.Json;
using BrxSync.Client.Imports;
using BrxSync.Client.Inventory;
using BrxSync.Client.Jobs;
using BrxSync.Client.Marketplace;
using BrxSync.Client.Orders;
using BrxSync.Client.Wishlists;

namespace BrxSync.Client.Serialization;

/// <summary>
/// Finds the reader of an answer that is read by hand; what has none here is read by <see cref="CardTraderJsonContext"/>.
/// </summary>
internal static class AnswerReaders
{
    private static readonly FrozenDictionary<Type, Delegate> Readers = Collect();

    public static Func<JsonElement, T>? Find<T>() => (Func<JsonElement, T>?)Readers.GetValueOrDefault(typeof(T));

    private static FrozenDictionary<Type, Delegate> Collect()
    {
        var readers = new Dictionary<Type, Delegate>();
        Add(ProductAnswers.ReadProduct);
        Add(ProductAnswers.ReadWriteResult);
        Add(JobReader.ReadId);
        Add(static answer => JobReader.Read(answer, default));
        Add(ImportReader.ReadReceipt);
        Add(ImportReader.ReadStatus);
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

        void Add<T>(Func<JsonElement, T> read) => readers.Add(typeof(T), read);

        void AddList<T>(string what, Func<JsonElement, T> read) =>
            Add<IReadOnlyList<T>>(answer => TolerantObject.RequireList(answer, what, read));
    }
}
