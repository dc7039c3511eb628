using BrxSync.Simulator.Catalog;

namespace BrxSync.Simulator.Tests.Inventory;

public sealed class CreateTests : SimulatorTest
{
    // The last expansion of the catalogue: no generated product is of it. Place 0 is a Magic single, 98 an
    // accessory, 99 a card without foil.
    private const long Single = GeneratedCatalog.FirstBlueprintId + ((GeneratedCatalog.Expansions - 2) * GeneratedCatalog.PerExpansion);
    private const long Accessory = Single + 98;
    private const long WithoutFoil = Single + 99;

    [Fact]
    public async Task Create_NewProduct_AnswersTheResourceShape()
    {
        var answer = await PostAsync("products", new { blueprint_id = Single, price = 0.25, quantity = 3, user_data_field = "A-03" });

        answer.Status.ShouldBe(200);
        answer.Json.GetProperty("result").GetString().ShouldBe("ok");
        answer.Json.GetProperty("warnings").EnumerateObject().ShouldBeEmpty();
        var resource = answer.Json.GetProperty("resource");
        resource.EnumerateObject().Select(property => property.Name).ShouldBe([
            "id", "quantity", "bundle_size", "description", "graded", "game_id", "category_id", "expansion_id", "blueprint_id", "price",
            "properties",
        ]);
        resource.GetProperty("price").GetProperty("cents").GetInt32().ShouldBe(25);
        resource.GetProperty("description").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        Demo.FindProduct(resource.GetProperty("id").GetInt64())!.UserDataField.ShouldBe("A-03");
    }

    [Fact]
    public async Task Create_PropertiesLeftOut_TakeTheDefaults()
    {
        var id = await CreateAsync(new { blueprint_id = Single, price = 1, quantity = 1 });

        var properties = Demo.FindProduct(id)!.Properties;
        properties.TryGet("condition", out var condition).ShouldBeTrue();
        condition.Text.ShouldBe("Near Mint");
        properties.TryGet("mtg_foil", out var foil).ShouldBeTrue();
        foil.ShouldBe(PropertyValue.Of(false));
    }

    [Fact]
    public async Task Create_EqualProduct_RaisesItInsteadOfAddingOne()
    {
        var first = await CreateAsync(new { blueprint_id = Single, price = 1, quantity = 2, properties = new { condition = "Played" } });

        var answer = await PostAsync(
            "products", new { blueprint_id = Single, price = 2, quantity = 3, properties = new { condition = "Played" } });

        answer.Json.GetProperty("resource").GetProperty("id").GetInt64().ShouldBe(first);
        answer.Json.GetProperty("resource").GetProperty("quantity").GetInt32().ShouldBe(5);
        Demo.ProductsOf(Single).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Create_OtherProperties_AddsASecondProduct()
    {
        var first = await CreateAsync(new { blueprint_id = Single, price = 1, quantity = 2 });
        var second = await CreateAsync(new { blueprint_id = Single, price = 1, quantity = 2, properties = new { mtg_foil = true } });

        second.ShouldNotBe(first);
    }

    [Theory]
    [InlineData("blueprint_id")]
    [InlineData("price")]
    [InlineData("quantity")]
    public async Task Create_WithoutARequiredKey_Is422MissingParameter(string missing)
    {
        var body = new Dictionary<string, object> { ["blueprint_id"] = Single, ["price"] = 1.5, ["quantity"] = 1 };
        body.Remove(missing);

        var answer = await PostAsync("products", body);

        answer.Status.ShouldBe(422);
        answer.Json.GetProperty("error_code").GetString().ShouldBe("missing_parameter");
        answer.Json.GetProperty("extra").GetProperty("message").GetString()!.ShouldContain(missing);
    }

    [Fact]
    public async Task Create_WrongValueWithoutStrict_SellsTheDefaultWithAWarning()
    {
        var answer = await PostAsync(
            "products", new { blueprint_id = Single, price = 1, quantity = 1, properties = new { condition = "Heavily Played" } });

        answer.Json.GetProperty("result").GetString().ShouldBe("warning");
        answer.Json.GetProperty("warnings").GetProperty("properties").GetProperty("condition").GetArrayLength().ShouldBe(1);
        Demo.FindProduct(answer.Json.GetProperty("resource").GetProperty("id").GetInt64())!.Properties.TryGet(
            "condition", out var condition);
        condition.Text.ShouldBe("Near Mint");
    }

    [Theory]
    [InlineData("{\"condition\": \"Heavily Played\"}")]
    [InlineData("{\"mtg_language\": \"ja\"}")]
    [InlineData("{\"mtg_foil\": \"true\"}")]
    [InlineData("{\"mtg_rarity\": \"Mythic\"}")]
    [InlineData("{\"unheard_of\": true}")]
    public async Task Create_WrongPropertyInStrictMode_Is422AndSellsNothing(string properties)
    {
        var answer = await PostAsync(
            "products",
            $$"""{"blueprint_id": {{Single}}, "price": 1, "quantity": 1, "error_mode": "strict", "properties": {{properties}}}""");

        answer.Status.ShouldBe(422);
        answer.Json.GetProperty("error_code").GetString().ShouldBe("validation_error");
        answer.Json.GetProperty("errors").GetProperty("properties").EnumerateObject().Count().ShouldBe(1);
        Demo.ProductsOf(Single).ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_PropertyTheBlueprintDoesNotOffer_IsDroppedWithAWarning()
    {
        var card = await PostAsync(
            "products", new { blueprint_id = WithoutFoil, price = 1, quantity = 1, properties = new { mtg_foil = false } });
        var sleeves = await PostAsync(
            "products", new { blueprint_id = Accessory, price = 1, quantity = 1, properties = new { condition = "Near Mint" } });

        card.Json.GetProperty("warnings").GetProperty("properties").GetProperty("mtg_foil")[0].GetString().ShouldBe("value was ignored");
        sleeves.Json.GetProperty("result").GetString().ShouldBe("warning");
        sleeves.Json.GetProperty("resource").GetProperty("properties").EnumerateObject().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"1.00\"")]
    [InlineData("0")]
    [InlineData("0.004")]
    [InlineData("-1")]
    [InlineData("null")]
    public async Task Create_PriceThatIsNone_IsRefused(string price)
    {
        var answer = await PostAsync("products", $$"""{"blueprint_id": {{Single}}, "price": {{price}}, "quantity": 1}""");

        answer.Status.ShouldBe(422);
        answer.Json.GetProperty("errors").GetProperty("price").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Create_UnknownBlueprint_IsRefused()
    {
        var answer = await PostAsync("products", new { blueprint_id = 5, price = 1, quantity = 1 });

        answer.Json.GetProperty("errors").GetProperty("blueprint_id")[0].GetString().ShouldBe("is not known");
    }

    [Fact]
    public async Task Create_GradedInsideProperties_IsNotTaken()
    {
        var top = await CreateAsync(new { blueprint_id = Single, price = 1, quantity = 1, graded = true });
        var inside = await CreateAsync(new { blueprint_id = Single, price = 1, quantity = 1, properties = new { graded = true } });

        Demo.FindProduct(top)!.GradedJson.ShouldBe("true");
        Demo.FindProduct(inside)!.GradedJson.ShouldBe("false");
    }

    private async Task<long> CreateAsync(object body) =>
        (await PostAsync("products", body)).Json.GetProperty("resource").GetProperty("id").GetInt64();
}
