using System.Text;
using System.Text.Json;
using BrxSync.Client.Account;
using BrxSync.Client.Catalog;
using BrxSync.Client.Imports;
using BrxSync.Client.Inventory;
using BrxSync.Client.Jobs;
using BrxSync.Client.Marketplace;
using BrxSync.Client.Orders;
using BrxSync.Client.Serialization;
using BrxSync.Client.Tests.Serialization.Rows;
using BrxSync.Client.Webhooks;
using BrxSync.Client.Wishlists;

namespace BrxSync.Client.Tests.Serialization.Lossless;

/// <summary>One kind of answer: its reader, and a body in which everything documented is present and every value is another.</summary>
internal sealed record Answer(string Name, Func<JsonElement, object> Read, string Body)
{
    private const string JobUuid = "5b1f2c2e-0000-4000-8000-000000000001";

    private const string Address = """
        {"id": {0}01, "user_id": {0}02, "name": "name {0}", "street": "street {0}", "zip": "zip {0}", "city": "city {0}", "state_or_province": "state {0}",
         "country_code": "cc {0}", "country": "country {0}", "note": "note {0}", "phone": "phone {0}", "email": "email {0}", "latitude": "45.{0}",
         "longitude": "9.{0}", "default_billing_address": true, "default_shipping_address": false, "keep_original": true,
         "created_at": "2025-01-{0}T01:02:03.000Z", "updated_at": "2025-02-{0}T01:02:03.000Z"}
        """;

    private const string User = """
        {"id": {0}77, "username": "user {0}", "email": "mail {0}", "phone": "call {0}", "country_code": "land {0}", "can_sell_via_hub": true}
        """;

    private const string Property = """
        {"name": "mtg_foil", "type": "boolean", "possible_values": [true, false], "default_value": "neither"}
        """;

    private const string Product = """
        {"id": 9001, "blueprint_id": 9002, "category_id": 9003, "game_id": 9004, "expansion_id": 9005, "name_en": "Mind Rot", "quantity": 9006,
         "bundle_size": 4, "bundled_quantity": 36024, "description": "words", "price_cents": 9007, "price_currency": "EUR",
         "properties_hash": {"condition": "Near Mint", "signed": true, "mana_cost": 2}, "user_id": 9008, "graded": "PSA 9", "tag": "label",
         "user_data_field": "A-03-12", "uploaded_images": ["/a.jpg", {"id": 9009, "url": "/b.jpg"}]}
        """;

    private const string Order = """
        {"id": 980000048, "code": "2026c3", "transaction_code": "TX05", "order_as": "seller", "via_cardtrader_zero": true, "state": "hub_pending", "size": 18,
         "seller": @User11, "buyer": @User12, "cancel_requester": @User13,
         "paid_at": "2026-11-01T01:00:00.000Z", "sent_at": "2026-11-02T01:00:00.000Z", "cancelled_at": "2026-11-03T01:00:00.000Z",
         "credit_added_to_seller_at": "2026-11-04T01:00:00.000Z", "presale_ended_at": "2026-11-05T01:00:00.000Z", "packing_number": 8001, "presale": false,
         "seller_total": {"cents": 8002, "currency": "EUR"}, "seller_subtotal": {"cents": 8003, "currency": "EUR"},
         "seller_fee_amount": {"cents": 8004, "currency": "EUR"}, "buyer_total": {"cents": 8005, "currency": "USD"},
         "buyer_subtotal": {"cents": 8006, "currency": "USD"}, "fee_percentage": "5.25", "fee_amount": {"cents": 8007, "currency": "EUR"},
         "subtotal": {"cents": 8008, "currency": "EUR"}, "formatted_subtotal": "$80.08", "formatted_total": "$80.09",
         "order_shipping_address": @Address14, "order_billing_address": @Address15, "real_buyer_order_billing_address": @Address16,
         "order_shipping_method": {"id": 8010, "name": "Letter", "tracked": false, "tracking_code": "RR1", "max_estimate_shipping_days": "14",
           "price": {"cents": 8011, "currency": "EUR"}, "seller_price": {"cents": 8012, "currency": "EUR"},
           "buyer_price": {"cents": 8013, "currency": "USD"}, "formatted_price": "$80.11", "formatted_buyer_price": "$80.13"},
         "cardtrader_zero_merged_order_ids": [8014, "8015"],
         "order_items": [
           {"id": 8016, "product_id": 8017, "blueprint_id": 8018, "category_id": 8019, "game_id": 8020, "hub_pending_order_id": 8021, "name": "Mind Rot",
            "expansion": "Core Set 2020", "quantity": 18, "bundle_size": 5, "properties": {"condition": "Near Mint", "mtg_foil": false},
            "description": "said", "tag": "label", "user_data_field": "A-03", "seller_price": {"cents": 8022, "currency": "EUR"},
            "buyer_price": {"cents": 8023, "currency": "USD"}, "formatted_price": "$80.23", "cancelled_price": [{"cents": -8024, "currency": "EUR"}],
            "repurchase_price": [{"cents": -8025, "currency": "EUR"}], "graded": "BGS 8", "mkm_id": 8026, "tcg_player_id": "8027",
            "scryfall_id": "a52d8ef5", "created_at": "2026-11-06T01:00:00.000Z", "deleted_at": "2026-11-07T01:00:00.000Z"}]}
        """;

    private const string Amounts = """
        "subtotal": {"cents": {0}1, "currency": "EUR"}, "safeguard_fee_amount": {"cents": {0}2, "currency": "EUR"},
        "ct_zero_fee_amount": {"cents": {0}3, "currency": "EUR"}, "shipping_cost": {"cents": {0}4, "currency": "EUR"},
        "payment_method_fee_percentage_amount": {"cents": {0}5, "currency": "EUR"}, "payment_method_fee_fixed_amount": {"cents": {0}6, "currency": "EUR"},
        "total": {"cents": {0}7, "currency": "EUR"}
        """;

    public static IReadOnlyList<Answer> All { get; } =
    [
        new("info", AppInfoReader.Read, """
            {"id": 1, "name": "app", "shared_secret": "5e7", "user_id": 2, "webhook_url": "https://shop.example/hook"}
            """),
        new("games", element => CatalogReader.ReadGames(element, "GET /games"), """
            {"array": [{"id": 1, "name": "Magic", "display_name": "Magic: the Gathering"}]}
            """),
        new("expansions", List(CatalogReader.ReadExpansion), """[{"id": 979, "game_id": 1, "code": "m20", "name": "Core Set 2020"}]"""),
        new("categories", List(CatalogReader.ReadCategory), $$"""
            [{"id": 73, "name": "Singles", "game_id": 5, "properties": [{{Property}}]}]
            """),
        new("blueprints", List(CatalogReader.ReadBlueprint), $$$"""
            [{"id": 121, "name": "Tranquil Cove", "version": "Extended Art", "game_id": 5, "category_id": 6, "expansion_id": 979,
              "image_url": "https://cdn.example/1.jpg", "image": {"url": "/2", "show": {"url": "/3"}, "preview": {"url": "/4"}, "social": {"url": "/5"}},
              "back_image": {"url": "/6", "show": {"url": "/7"}, "preview": {"url": "/8"}, "social": {"url": "/9"}},
              "fixed_properties": {"mtg_rarity": "Common", "legal": true}, "editable_properties": [{{{Property}}}], "card_market_ids": [1001, 1002],
              "tcg_player_id": 1003, "scryfall_id": "a52d8ef5"}]
            """),
        new("blueprint stream", ReadBlueprintStream, $$"""
            [{"id": 121, "name": "Tranquil Cove", "editable_properties": [{{Property}}]}, {"id": 122, "editable_properties": [{{Property}}]}]
            """),
        new("export row", ReadExportRow, Product),
        new("export row with a price object", ReadExportRow, Product.Replace(
            "\"price_cents\": 9007, \"price_currency\": \"EUR\"",
            "\"price\": {\"cents\": 9007, \"currency\": \"EUR\"}", StringComparison.Ordinal)),
        new("write result", ProductAnswers.ReadWriteResult, $$$"""
            {"result": "warning", "warnings": {"properties": {"mtg_foil": ["was ignored"]}}, "resource": {{{Product}}} }
            """),
        new("found product", ProductAnswers.ReadProduct, $$"""{"resource": {{Product}}}"""),
        new("uploaded image", ProductAnswers.ReadImage, """{"id": 7, "url": "/7.jpg"}"""),
        new("bulk answer", JobReader.ReadReceipt, $$"""{"job": "{{JobUuid}}"}"""),
        new("job", element => JobReader.Read(element, new JobId(JobUuid)), $$$"""
            {"uuid": "{{{JobUuid}}}", "state": "completed", "spawned_children": 31, "stats": {"ok": 32, "warning": 33, "error": 34}, "errors": ["odd"],
             "results": [{"result": "warning", "job_index": 3, "product_id": 35, "errors": {"a": ["is b"]}, "warnings": {"properties": {"c": ["is d"]}} }],
             "started_at": "2026-11-02T09:14:05.000Z", "ended_at": "2026-11-02T09:14:06.000Z"}
            """),
        new("import receipt", ImportReader.ReadReceipt, """{"id": 41, "csv_filename": "a.csv", "csv_size": 42}"""),
        new("import status", element => ImportReader.ReadStatus(element, new ImportId(41)), """
            {"id": 41, "count": 42, "imported_count": 43, "skipped_count": 44, "create_count": 45, "update_count": 46, "delete_count": 47, "error": "none",
             "sync_started_at": "2026-11-02T09:14:05.000Z", "sync_ended_at": "2026-11-02T09:14:06.000Z", "csv_filename": "a.csv", "csv_size": 48}
            """),
        new("order", OrderReader.Read, Filled(Order)),
        new("orders", List(OrderReader.Read), $"[{Filled(Order)}]"),
        new("box item", Ct0BoxItemReader.Read, Filled("""
            {"id": 51, "quantity": {"ok": 52, "pending": 53, "missing": 54}, "seller": @User17, "product_id": 55, "blueprint_id": 56, "category_id": 57,
             "game_id": 58, "name": "Mind Rot", "expansion": "Core Set 2020", "description": "said", "graded": "CGC 7", "bundle_size": 59,
             "properties": {"condition": "Near Mint", "signed": true}, "buyer_price": {"cents": 60, "currency": "EUR"}, "formatted_price": "$0.60",
             "mkm_id": 61, "tcg_player_id": 62, "scryfall_id": "a52d8ef5", "presale": true, "presale_ended_at": "2026-11-01T01:00:00.000Z",
             "paid_at": "2026-11-02T01:00:00.000Z", "estimated_arrived_at": "2026-11-03T01:00:00.000Z", "arrived_at": "2026-11-04T01:00:00.000Z",
             "cancelled_at": "2026-11-05T01:00:00.000Z", "return_to_seller": false}
            """)),
        new("webhook of an order", ReadWebhook, $$"""
            {"id": "b1482687", "time": 1793610905, "cause": "order.update", "object_class": "Order", "object_id": 980000048, "mode": "live", "data": {{Filled(Order)}}}
            """),
        new("webhook of anything", ReadWebhook, """
            {"id": "b1482687", "time": 1793610905, "cause": "product.update", "object_class": "Product", "object_id": 66, "mode": "test", "data": {"id": 67}}
            """),
        new("offers", MarketplaceReader.ReadOffers, """
            {"58314": [{"id": 71, "blueprint_id": 72, "quantity": 73, "bundle_size": 74, "name_en": "Mind Rot", "price_cents": 75, "price_currency": "EUR",
              "price": {"cents": 75, "currency": "EUR", "currency_symbol": "€", "formatted": "€0.75"}, "description": "said",
              "properties_hash": {"condition": "Near Mint", "mtg_foil": true}, "expansion": {"id": 76, "code": "m20", "name_en": "Core Set 2020"},
              "user": {"id": 77, "username": "shop", "country_code": "IT", "user_type": "pro", "can_sell_via_hub": true, "max_sellable_in24h_quantity": 78,
                "can_sell_sealed_with_ct_zero": false, "too_many_request_for_cancel_as_seller": true, "one_day_ready": false},
              "graded": "PSA 10", "on_vacation": true}]}
            """),
        new("cart", MarketplaceReader.ReadCart, Filled($$$"""
            {"id": 81, "created_at": "2026-11-02T09:14:05.000Z", "updated_at": "2026-11-02T09:14:06.000Z", @Amounts82, "billing_address": @Address18,
             "shipping_address": @Address19, "subcarts": [{"id": 83, "seller": @User20, "via_cardtrader_zero": false, @Amounts84,
               "billing_address": @Address21, "shipping_address": @Address22, "cart_items": [{"quantity": 85, "price_cents": 86, "price_currency": "EUR",
                 "product": {"id": 87, "name_en": "Mind Rot"}}]}]}
            """)),
        new("shipping methods", List(MarketplaceReader.ReadShippingMethod), """
            [{"id": 91, "name": "Letter", "min_estimate_shipping_days": 92, "max_estimate_shipping_days": 93, "parcel": true, "tracked": false,
              "tracking_link": "https://track.example/{code}", "free_shipping_threshold_quantity": 94,
              "free_shipping_threshold_price": {"cents": 95, "currency": "EUR"}, "formatted_free_shipping_threshold_price": "€0.95",
              "max_cart_subtotal_price": {"cents": 96, "currency": "EUR"}, "formatted_max_cart_subtotal_price": "€0.96",
              "shipping_method_costs": [{"from_grams": 97, "to_grams": 98, "price": {"cents": 99, "currency": "EUR"}, "formatted_price": "€0.99"}]}]
            """),
        new("wishlist", WishlistReader.Read, """
            {"id": 12, "name": "Cube", "game_id": 5, "public": true, "created_at": "2026-11-02T09:14:05.000Z", "updated_at": "2026-11-02T09:14:06.000Z",
             "items": [{"quantity": 13, "blueprint_id": 14, "meta_name": "Mind Rot", "expansion_code": "m20", "collector_number": "108", "language": "it",
               "condition": "Near Mint", "foil": "true", "reverse": "false", "first_edition": "true"}]}
            """),
    ];

    public override string ToString() => Name;

    /// <summary>Reads the only row of an export: the product, or the fault that names what is wrong with the row.</summary>
    public static object ReadExportRow(JsonElement row)
    {
        var body = new MemoryStream(Encoding.UTF8.GetBytes($"[{row.GetRawText()}]"));
        var (rows, _) = RowBodies.ReadAsync(body, RowBodies.ProductRows()).GetAwaiter().GetResult();
        var read = rows.Single();
        return read.Product ?? throw new JsonException(read.Fault);
    }

    private static CardTraderList<Blueprint> ReadBlueprintStream(JsonElement blueprints)
    {
        var records = RowBodies.BlueprintRows();
        var body = new MemoryStream(Encoding.UTF8.GetBytes(blueprints.GetRawText()));
        var (rows, fault) = RowBodies.ReadAsync<Blueprint>(body, records.TryParse).GetAwaiter().GetResult();
        return fault is null
            ? new CardTraderList<Blueprint>([.. rows.OfType<Blueprint>()], records.Unreadable, "GET /rows")
            : throw new JsonException(fault.Message);
    }

    private static WebhookEvent ReadWebhook(JsonElement body) =>
        WebhookParser.TryParse(Encoding.UTF8.GetBytes(body.GetRawText()), out var webhook, out var fault)
            ? webhook
            : throw new JsonException(fault);

    private static Func<JsonElement, object> List<T>(Func<JsonElement, T> read) =>
        element => TolerantList.Read(element, "rows", read, "GET /rows");

    private static string Filled(string body)
    {
        foreach (var (name, text) in new[] { (nameof(Address), Address), (nameof(User), User), (nameof(Amounts), Amounts) })
        {
            for (var number = 10; number < 100; number++)
            {
                body = body.Replace(
                    $"@{name}{number}",
                    text.Replace("{0}", number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal),
                    StringComparison.Ordinal);
            }
        }

        return body;
    }
}
