using System.Text.Json;
using BrxSync.Client.Orders;
using BrxSync.Testing;

namespace BrxSync.Client.Tests.Orders;

public sealed class OrderReaderTests
{
    private const string Full = """
        {
          "id": 980000048, "code": "20261102c3cb0c", "transaction_code": "TX05709511", "order_as": "seller", "via_cardtrader_zero": true,
          "state": "hub_pending", "size": 3, "paid_at": null, "sent_at": "2026-11-07T09:00:00.500Z", "presale": null, "packing_number": 7,
          "seller": {"id": 9000100, "username": "demo_seller"},
          "buyer": {"id": 34089, "username": "CT Connect", "email": "hub@example.com", "phone": "+390000000000"},
          "seller_total": {"cents": 70, "currency": "EUR"}, "seller_subtotal": {"cents": 70, "currency": "EUR"},
          "seller_fee_amount": {"cents": 6, "currency": "EUR"}, "fee_percentage": "5.0", "formatted_total": "$0.76",
          "order_shipping_address": {"id": 1, "user_id": 2, "name": "N", "street": "S", "zip": "00100", "city": "C", "state_or_province": "XX", "country_code": "IT", "note": null},
          "order_billing_address": {"name": "N", "country_code": "IT", "country": "Italy"},
          "order_shipping_method": {"id": 5, "name": "Letter", "tracked": false, "tracking_code": null, "max_estimate_shipping_days": "14", "seller_price": {"cents": 150, "currency": "EUR"}},
          "cardtrader_zero_merged_order_ids": [980000001, "980000002"],
          "order_items": [
            {"id": 970000006, "hub_pending_order_id": 980000048, "product_id": 990000139, "blueprint_id": 58314, "category_id": 1, "game_id": 1,
             "name": "Mind Rot", "expansion": "Core Set 2020", "quantity": 2, "graded": false, "properties": {"condition": "Near Mint", "mtg_foil": false},
             "seller_price": {"cents": 35, "currency": "EUR"}, "formatted_price": "$0.38", "cancelled_price": [{"cents": -35, "currency": "EUR"}],
             "repurchase_price": [], "tag": "", "description": "", "user_data_field": "A-03-12", "mkm_id": "379479", "tcg_player_id": null,
             "scryfall_id": "", "created_at": "2026-11-02T09:14:05.000Z", "deleted_at": null},
            {"id": 970000007, "product_id": null, "quantity": 1, "deleted_at": "2026-11-03T00:00:00Z", "new_key": 5}
          ],
          "brand_new": {"a": 1}
        }
        """;

    [Fact]
    public void Read_FullOrder_HoldsEveryField()
    {
        var order = Read(Full);

        order.Id.ShouldBe(new OrderId(980000048));
        order.State.ShouldBe(OrderState.HubPending);
        order.Role.ShouldBe(OrderRole.Seller);
        order.ViaCardTraderZero.ShouldBe(true);
        order.Size.ShouldBe(3);
        order.Code.ShouldBe("20261102c3cb0c");
        order.TransactionCode.ShouldBe("TX05709511");
        order.Seller!.Username.ShouldBe("demo_seller");
        order.Buyer!.Id.ShouldBe(34089);
        order.Buyer.Email.ShouldBe("hub@example.com");
        order.PaidAt.ShouldBeNull();
        order.SentAt.ShouldBe(new DateTimeOffset(2026, 11, 7, 9, 0, 0, 500, TimeSpan.Zero));
        order.PackingNumber.ShouldBe(7);
        order.SellerTotal.ShouldBe(new Money(70, "EUR"));
        order.SellerFee.ShouldBe(new Money(6, "EUR"));
        order.FeePercentage.ShouldBe(5.0m);
        order.FormattedTotal.ShouldBe("$0.76");
        order.ShippingAddress!.Zip.ShouldBe("00100");
        order.BillingAddress!.Country.ShouldBe("Italy");
        order.ShippingMethod!.MaxEstimateShippingDays.ShouldBe(14);
        order.ShippingMethod.SellerPrice.ShouldBe(new Money(150, "EUR"));
        order.MergedOrderIds.ShouldBe([new OrderId(980000001), new OrderId(980000002)]);
        order.ExtensionData!.Keys.ShouldBe(["brand_new"]);
    }

    [Fact]
    public void Read_Items_HoldEveryField()
    {
        var items = Read(Full).Items!;

        items.Count.ShouldBe(2);
        items[0].Id.ShouldBe(new OrderItemId(970000006));
        items[0].ProductId.ShouldBe(new ProductId(990000139));
        items[0].BlueprintId.ShouldBe(new BlueprintId(58314));
        items[0].HubPendingOrderId.ShouldBe(new OrderId(980000048));
        items[0].Quantity.ShouldBe(2);
        items[0].BundleSize.ShouldBeNull();
        items[0].Properties.FindText("condition").ShouldBe("Near Mint");
        items[0].Properties.FindFlag("mtg_foil").ShouldBe(false);
        items[0].SellerPrice.ShouldBe(new Money(35, "EUR"));
        items[0].FormattedPrice.ShouldBe("$0.38");
        items[0].CancelledPrices.ShouldBe([new Money(-35, "EUR")]);
        items[0].RepurchasePrices.ShouldBeEmpty();
        items[0].Description.ShouldBe(string.Empty);
        items[0].Tag.ShouldBeNull();
        items[0].UserDataField.ShouldBe("A-03-12");
        items[0].CardMarketId.ShouldBe(379479);
        items[0].ScryfallId.ShouldBeNull();
        items[0].CreatedAt.ShouldBe(new DateTimeOffset(2026, 11, 2, 9, 14, 5, TimeSpan.Zero));
        items[0].DeletedAt.ShouldBeNull();
        items[1].ProductId.ShouldBeNull();
        items[1].HubPendingOrderId.ShouldBeNull();
        items[1].DeletedAt.ShouldNotBeNull();
        items[1].ExtensionData!.Keys.ShouldBe(["new_key"]);
    }

    [Fact]
    public void Read_IdAndStateAlone_IsAnOrderWithoutTheRest()
    {
        var order = Read("""{"id": 1, "state": "paid"}""");

        order.Items.ShouldBeNull();
        order.ItemsFault.ShouldBe("order_items is missing or not an array.");
        order.Role.ShouldBe(OrderRole.Unknown);
        order.Size.ShouldBeNull();
        order.MergedOrderIds.ShouldBeEmpty();
        order.ExtensionData.ShouldBeNull();
    }

    [Fact]
    public void Read_OddTypesInOptionalKeys_ReadsThemAsNone()
    {
        var order = Read("""
            {"id": "1", "state": "paid", "size": [], "presale": "maybe", "seller": "demo", "paid_at": "soon", "seller_total": {"cents": 5},
             "cardtrader_zero_merged_order_ids": null, "order_shipping_method": [], "order_items": [], "fee_percentage": 5.5, "packing_number": ""}
            """);

        order.Size.ShouldBeNull();
        order.Presale.ShouldBeNull();
        order.Seller.ShouldBeNull();
        order.PaidAt.ShouldBeNull();
        order.SellerTotal.ShouldBeNull();
        order.ShippingMethod.ShouldBeNull();
        order.FeePercentage.ShouldBe(5.5m);
        order.PackingNumber.ShouldBeNull();
        order.Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"id": 1, "quantity": 1}, {"id": "1.0", "quantity": 1}""", "id is \"1.0\"")]
    [InlineData("""{"id": -1, "quantity": 1}""", "id is -1")]
    [InlineData("""{"id": 1, "quantity": 1.5}""", "quantity is 1.5")]
    [InlineData("""{"id": 1}""", "quantity is missing")]
    [InlineData("""{"id": 1, "quantity": 3000000000}""", "quantity is 3000000000")]
    [InlineData("null", "order item as an object")]
    public void Read_OneUnreadableItem_LeavesAllOutAndSaysWhy(string items, string fault)
    {
        var order = Read($$"""{"id": 1, "state": "paid", "order_items": [{{items}}]}""");

        order.Items.ShouldBeNull();
        order.ItemsFault!.ShouldContain(fault);
    }

    [Theory]
    [InlineData("""{"state": "paid"}""", "id is missing")]
    [InlineData("""{"id": 1}""", "state is missing")]
    [InlineData("""{"id": 0, "state": "paid"}""", "id is 0")]
    [InlineData("""{"id": 1, "state": null}""", "state is missing")]
    [InlineData("[]", "an array")]
    public void Read_NoOrder_Throws(string json, string fault) =>
        Should.Throw<JsonException>(() => Read(json)).Message.ShouldContain(fault);

    [Theory]
    [InlineData("canceled", "canceled", true)]
    [InlineData("cancelled", "canceled", true)]
    [InlineData("under_review", "under_review", false)]
    public void Read_State_IsAnOpenSetWithOneSpellingOfCancelled(string text, string value, bool isKnown)
    {
        var state = Read($$"""{"id": 1, "state": "{{text}}"}""").State;

        state.Value.ShouldBe(value);
        state.Text.ShouldBe(text);
        state.IsKnown.ShouldBe(isKnown);
        (state == OrderState.Canceled).ShouldBe(isKnown);
    }

    [Theory]
    [InlineData("false", false, null)]
    [InlineData("true", true, null)]
    [InlineData("null", false, null)]
    [InlineData("0", false, "0")]
    [InlineData("1", true, "1")]
    [InlineData("\"\"", false, "")]
    [InlineData("\"false\"", false, "false")]
    [InlineData("\"PSA 9\"", true, "PSA 9")]
    public void Read_Graded_AcceptsEveryForm(string json, bool graded, string? raw)
    {
        var item = Read($$"""{"id": 1, "state": "paid", "order_items": [{"id": 1, "quantity": 1, "graded": {{json}}}]}""").Items!.Single();

        item.Graded.ShouldBe(graded);
        item.GradedText.ShouldBe(raw);
    }

    [SampleDataFact]
    public void Read_SampleOrders_AreCompleteAndKnowEveryKey()
    {
        var files = Directory
            .GetFiles(RepositoryPaths.SampleDataAt("derived", "orders"))
            .Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0]))
            .ToList();
        files.Count.ShouldBe(30);
        foreach (var file in files)
        {
            var order = Read(File.ReadAllText(file));

            order.ExtensionData.ShouldBeNull(file);
            if (file.Contains("no-items", StringComparison.Ordinal))
            {
                (order.Items?.Count ?? 0).ShouldBe(0, file);
                continue;
            }

            order.ItemsFault.ShouldBeNull(file);
            order.Items!.ShouldAllBe(item => item.ExtensionData == null, file);
            order.Items!.Where(item => item.DeletedAt is null).Sum(item => item.Quantity).ShouldBeInRange(1, order.Size!.Value, file);
        }
    }

    private static Order Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return OrderReader.Read(document.RootElement.Clone());
    }
}
