using System.Text.Json;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Orders;

/// <summary>Reads items of the CardTrader Zero box.</summary>
internal static class Ct0BoxItemReader
{
    /// <exception cref="JsonException">The value is not an item.</exception>
    public static Ct0BoxItem Read(JsonElement element)
    {
        var item = new TolerantObject(element, "CardTrader Zero box item");
        var quantity = item.Part(
            "quantity",
            static (ref counts) => (Ok: counts.Count("ok"), Pending: counts.Count("pending"), Missing: counts.Count("missing")));
        var graded = item.Graded("graded");
        return new Ct0BoxItem
        {
            Id = item.RequireInteger("id"),
            OkQuantity = quantity.Ok,
            PendingQuantity = quantity.Pending,
            MissingQuantity = quantity.Missing,
            Seller = item.Record("seller", OrderReader.ReadUser),
            ProductId = item.Id<ProductId>("product_id"),
            BlueprintId = item.Id<BlueprintId>("blueprint_id"),
            CategoryId = item.Id<CategoryId>("category_id"),
            GameId = item.Id<GameId>("game_id"),
            Name = item.Text("name"),
            Expansion = item.Text("expansion"),
            Description = item.StoredWords("description"),
            Graded = graded.Graded,
            GradedText = graded.Raw,
            BundleSize = item.Count("bundle_size"),
            Properties = item.Properties("properties", "properties_hash"),
            BuyerPrice = item.Money("buyer_price"),
            FormattedPrice = item.Text("formatted_price"),
            CardMarketId = item.Integer("mkm_id"),
            TcgPlayerId = item.Integer("tcg_player_id"),
            ScryfallId = item.Text("scryfall_id"),
            Presale = item.Flag("presale"),
            PresaleEndedAt = item.Time("presale_ended_at"),
            PaidAt = item.Time("paid_at"),
            EstimatedArrivedAt = item.Time("estimated_arrived_at"),
            ArrivedAt = item.Time("arrived_at"),
            CancelledAt = item.Time("cancelled_at"),
            ReturnToSeller = item.Flag("return_to_seller"),
            ExtensionData = item.Rest,
            Faults = item.Faults,
        };
    }
}
