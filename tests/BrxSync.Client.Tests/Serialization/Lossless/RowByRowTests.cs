using System.Net;
using BrxSync.Client.Errors;
using BrxSync.Client.Imports;
using BrxSync.Client.Marketplace;
using BrxSync.Client.Orders;

namespace BrxSync.Client.Tests.Serialization.Lossless;

/// <summary>One bad row costs none of the others, and what was not said is not made up.</summary>
public sealed class RowByRowTests
{
    private static readonly BlueprintId Blueprint = new(5);

    [Fact]
    public async Task ListOffersAsync_OneBadOffer_IsNamedWithItsPlaceBesideTheOthers()
    {
        using var client = TestClient.Answering(
            """{"5": [{"id": 1, "description": ""}, {"id": 0}, {"id": 2, "quantity": "many", "description": null}], "x": [], "6": {}}""");

        var offers = await client.Account.Marketplace.ListOffersAsync(new MarketplaceQuery { BlueprintId = Blueprint });

        var list = offers.ByBlueprint.ShouldHaveSingleItem().Value;
        list.Select(offer => (offer.Id.Value, offer.Quantity, offer.BundleSize, offer.Description))
            .ShouldBe([(1L, (int?)null, (int?)null, (string?)string.Empty), (2L, null, null, null)]);
        list[0].Faults.ShouldBeEmpty();
        list[1].Faults.ShouldBe([new CardTraderFault("quantity", "It is \"many\", not a whole number of 32 bits.")]);
        list[1].ExtensionData.ShouldNotBeNull()["quantity"].GetString().ShouldBe("many");
        list.Unreadable.ShouldHaveSingleItem().Index.ShouldBe(1);
        list.RowCount.ShouldBe(3);
        offers.Faults.Select(fault => fault.Path).ShouldBe(["x", "6"]);
        offers.ExtensionData.ShouldNotBeNull().Keys.ShouldBe(["x", "6"]);
        Should.Throw<CardTraderResponseException>(list.RequireAll).Row.ShouldBe(1);
    }

    [Fact]
    public async Task StreamAsync_OneBadOrder_ThrowsAfterAllOthersOfAllPages()
    {
        var transport = new StubTransport((request, attempt, _) => Task.FromResult(StubTransport.Answer(HttpStatusCode.OK, attempt switch
        {
            1 => """[{"id": 1, "state": "paid"}, {"state": "paid"}, {"id": 3, "state": "paid"}]""",
            _ => """[{"id": 4, "state": "paid"}]""",
        })));
        using var client = new TestClient(transport);
        var seen = new List<long>();

        var error = await Should.ThrowAsync<CardTraderResponseException>(async () =>
        {
            await foreach (var order in client.Account.Orders.StreamAsync(new OrderFilter { Sort = OrderSort.IdAscending, PageSize = 3 }))
            {
                seen.Add(order.Id.Value);
            }
        });

        seen.ShouldBe([1, 3, 4]);
        (error.Kind, error.Row).ShouldBe((ResponseFaultKind.UnreadableRow, 1));
        error.Errors.ShouldBe([new CardTraderFault("[1]", "order: id is missing.")]);
    }

    [Fact]
    public async Task StreamBlueprintsAsync_NumbersForTextsAndOneBadRow_GivesAllOthersAndThenThrows()
    {
        using var client = TestClient.Answering(
            """
            [{"id": 1, "name": 7, "version": 8, "scryfall_id": 9, "image_url": 10}, 5,
             {"id": 2, "editable_properties": [{"name": "a", "default_value": 1}]}]
            """);
        var seen = new List<string?>();

        var error = await Should.ThrowAsync<CardTraderResponseException>(async () =>
        {
            await foreach (var blueprint in client.Account.Catalog.StreamBlueprintsAsync(new ExpansionId(1)))
            {
                seen.AddRange(blueprint.Name, blueprint.Version, blueprint.ScryfallId, blueprint.ImageUrl);
                seen.AddRange(blueprint.EditableProperties.Select(property => property.DefaultValue));
            }
        });

        seen.ShouldBe(["7", "8", "9", "10", null, null, null, null, "1"]);
        error.Row.ShouldBe(1);
    }

    [Fact]
    public async Task ListCt0BoxItemsAsync_NoCounts_AreUnknownAndNotNone()
    {
        using var client = TestClient.Answering("""[{"id": 1, "quantity": {"ok": 2, "lost": 1}}, {"id": 3, "quantity": 4}]""");

        var items = await client.Account.Orders.ListCt0BoxItemsAsync();

        (items[0].OkQuantity, items[0].PendingQuantity, items[0].MissingQuantity).ShouldBe((2, null, null));
        items[0].ExtensionData.ShouldNotBeNull()["quantity"].GetProperty("lost").GetInt32().ShouldBe(1);
        items[0].Faults.ShouldBeEmpty();
        items[1].OkQuantity.ShouldBeNull();
        items[1].Faults.ShouldHaveSingleItem().Path.ShouldBe("quantity");
    }

    [Fact]
    public async Task GetAsync_KeyTwice_IsNamed()
    {
        using var client = TestClient.Answering(
            """{"id": 1, "state": "paid", "order_items": [], "new": 1, "new": 2, "code": {"\ud800": 3}}""");

        var order = await client.Account.Orders.GetAsync(new OrderId(1));

        order.Faults.Select(fault => fault.Path).ShouldBe(["new", "code"]);
        order.ExtensionData.ShouldNotBeNull()["new"].GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task GetAsync_KnownKeyTwice_CountsTheLastAndKeepsTheFirst()
    {
        using var client = TestClient.Answering("""{"id": 1, "state": "paid", "order_items": [], "code": "a", "code": "b"}""");

        var order = await client.Account.Orders.GetAsync(new OrderId(1));

        order.Code.ShouldBe("b");
        order.ExtensionData.ShouldNotBeNull()["code"].GetString().ShouldBe("a");
        order.Faults.ShouldBe([new CardTraderFault("code", "It appears twice; the last value counts.")]);
    }

    [Fact]
    public async Task GetAsync_KeysWrittenWithEscapes_AreTheSame()
    {
        using var client = TestClient.Answering(
            """{"\u0069d": 1, "st\u0061te": "paid", "order_items": [], "\u00e9t\u00e9": 1, "été": 2}""");

        var order = await client.Account.Orders.GetAsync(new OrderId(1));

        order.State.Value.ShouldBe("paid");
        order.ExtensionData.ShouldNotBeNull().ShouldHaveSingleItem().Value.GetInt32().ShouldBe(2);
        order.Faults.ShouldHaveSingleItem().Path.ShouldBe("été");
    }

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1000)]
    public async Task ListExpansionsAsync_ManyKeys_KeepsAllThatAreUnknown(int count)
    {
        var others = string.Concat(Enumerable.Range(2, count - 1).Select(number => $", \"{number}\": {number}"));
        using var client = TestClient.Answering($$"""[{"id": 1{{others}}}, {"id": 2}]""");

        var expansions = await client.Account.Catalog.ListExpansionsAsync();

        expansions.Select(expansion => expansion.Id.Value).ShouldBe([1, 2]);
        expansions[0].ExtensionData.ShouldNotBeNull().Values.Sum(value => value.GetInt32()).ShouldBe((count * (count + 1) / 2) - 1);
        expansions[1].ExtensionData.ShouldBeNull();
    }

    [Fact]
    public async Task StartAsync_AnotherImportAtWork_IsTransientAndSaysSo()
    {
        using var client = new TestClient(new StubTransport(
            HttpStatusCode.UnprocessableEntity, """{"errors": [{"scheduler": "Another synchronization is in progress. Please wait."}]}"""));

        var error = await Should.ThrowAsync<CardTraderException>(() => client.Account.Imports.StartAsync(new CsvImport
        {
            GameId = new GameId(1), Mode = CsvImportMode.AddToStock, Columns = ["blueprint_id"], Open = () => new MemoryStream([1]),
        }));

        (error.IsTransient, error.IsOutcomeUnknown).ShouldBe((true, false));
        error.Message.ShouldContain("Send it again when that has ended.");
    }
}
