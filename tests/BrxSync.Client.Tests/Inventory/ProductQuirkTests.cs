using BrxSync.Client.Inventory;
using BrxSync.Client.Inventory.Exports;

namespace BrxSync.Client.Tests.Inventory;

public sealed class ProductQuirkTests
{
    [Fact]
    public async Task StreamExportAsync_PlainRow_MapsEveryField()
    {
        var product = await ReadAsync(990000139);

        product.BlueprintId.ShouldBe(new BlueprintId(58314));
        product.CategoryId.ShouldBe(new CategoryId(1));
        product.GameId.ShouldBe(new GameId(1));
        product.ExpansionId.ShouldBeNull();
        product.Name.ShouldBe("Mind Rot");
        product.Quantity.ShouldBe(3);
        product.BundleSize.ShouldBe(1);
        product.Description.ShouldBe(string.Empty);
        product.Price.ShouldBe(new Money(35, "EUR"));
        product.UserId.ShouldBe(9000100);
        product.Graded.ShouldBeFalse();
        product.Tag.ShouldBeNull();
        product.UserDataField.ShouldBe("A-03-12");
        product.UploadedImages.ShouldBeEmpty();
        product.ExtensionData.ShouldBeNull();
        product.Properties.FindText("condition").ShouldBe("Near Mint");
        product.Properties.FindFlag("mtg_foil").ShouldBe(false);
        product.Properties.FindText("absent").ShouldBeNull();
        product.PresentFields.HasFlag(ProductFields.Tag | ProductFields.BundledQuantity).ShouldBeTrue();
        product.PresentFields.HasFlag(ProductFields.ExpansionId).ShouldBeFalse();
    }

    [Fact]
    public async Task StreamExportAsync_NumbersAsText_AreRead()
    {
        var product = await ReadAsync(990000140);

        product.BlueprintId.ShouldBe(new BlueprintId(58315));
        product.Quantity.ShouldBe(2);
        product.Price.ShouldBe(new Money(12, "EUR"));
        product.UserId.ShouldBe(9000100);
        product.BundleSize.ShouldBe(4);
    }

    [Fact]
    public async Task StreamExportAsync_GradedText_IsGradedAndKept()
    {
        var product = await ReadAsync(990000140);

        product.Graded.ShouldBeTrue();
        product.GradedText.ShouldBe("PSA 9");
    }

    [Theory]
    [InlineData(3000000001, true)]
    [InlineData(4, false)]
    [InlineData(5, false)]
    [InlineData(6, false)]
    [InlineData(7, false)]
    [InlineData(8, false)]
    [InlineData(9, true)]
    public async Task StreamExportAsync_GradedInAnyForm_IsReadAsBoolean(long id, bool graded) =>
        (await ReadAsync(id)).Graded.ShouldBe(graded);

    [Fact]
    public async Task StreamExportAsync_EmptyTexts_AreNoneButTheDescriptionIsKept()
    {
        var product = await ReadAsync(990000140);

        product.Tag.ShouldBeNull();
        product.UserDataField.ShouldBeNull();
        product.Description.ShouldBe("two\nlines \U0001F0CF");
        (await ReadAsync(3000000001)).Description.ShouldBeNull();
        (await ReadAsync(7)).Name.ShouldBeNull();
        (await ReadAsync(6)).Name.ShouldBe("Flèche é 🃏");
    }

    [Fact]
    public async Task StreamExportAsync_PropertiesKey_IsReadLikePropertiesHash()
    {
        var product = await ReadAsync(990000140);

        product.Properties.FindText("condition").ShouldBe("Played");
        product.Properties.FindFlag("signed").ShouldBe(false);
        product.Properties.FindText("cmc").ShouldBe("3.0");
        product.Properties.ToString().ShouldBe("""{"condition":"Played","signed":"false","cmc":3.0}""");
    }

    [Fact]
    public async Task StreamExportAsync_MoneyObjectBesideFlatPrice_Wins() =>
        (await ReadAsync(3000000001)).Price.ShouldBe(new Money(8, "USD"));

    [Fact]
    public async Task StreamExportAsync_NullsAndResourceFields_AreRead()
    {
        var product = await ReadAsync(3000000001);

        product.BundleSize.ShouldBe(1);
        product.Properties.ShouldBe(ProductProperties.Empty);
        product.ExpansionId.ShouldBe(new ExpansionId(979));
        product.UploadedImages.ShouldBe([new ProductImage { Url = "/a.jpg" }, new ProductImage { Id = 12, Url = "/b.jpg" }]);
    }

    [Fact]
    public async Task StreamExportAsync_UnknownKeys_AreKept()
    {
        var product = await ReadAsync(4);

        product.ExtensionData.ShouldNotBeNull().Keys.ShouldBe(["brand_new_field", "expansion"], ignoreOrder: true);
        product.ExtensionData["brand_new_field"].GetRawText().ShouldBe("""{"a":[1,2]}""");
    }

    [Fact]
    public async Task StreamExportAsync_JsonInUserDataField_StaysText() =>
        (await ReadAsync(5)).UserDataField.ShouldBe("""{"loc":"B2","n":1}""");

    private static async Task<Product> ReadAsync(long id)
    {
        using var client = TestClient.Answering(
            await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Fixtures", "export.quirks.json")));
        return await client.Account.Inventory.StreamExportAsync().SingleAsync(product => product.Id.Value == id);
    }
}
