using BrxSync.Client;
using BrxSync.Client.Errors;
using BrxSync.Client.Inventory;
using BrxSync.Client.Inventory.Exports;
using BrxSync.Contract.Tests.WireMock;

namespace BrxSync.Contract.Tests.Inventory;

public sealed class InventoryContractTests(WireMockFixture server) : ContractTest(server)
{
    private static readonly ProductId Product = new(990000139);
    private static readonly byte[] Picture = [0x89, .. "PNG picture"u8];

    [Fact]
    [Contract("GET /products/export", "Inventory/export")]
    public async Task StreamExportAsync_WholeStock_ReadsEveryProduct()
    {
        var products = await CallAsync(account => account.Inventory.StreamExportAsync().ToListAsync().AsTask());

        products.Select(product => product.Id.Value).ShouldBe([990000139, 990000140]);
        products[0].Price.ShouldBe(new Money(35, "EUR"));
    }

    [Fact]
    [Contract("GET /products/export", "Inventory/export-filtered")]
    public async Task StreamExportAsync_Filtered_SendsBothFilters()
    {
        var filter = new ProductExportFilter { BlueprintId = new BlueprintId(58314), ExpansionId = new ExpansionId(979) };

        (await CallAsync(account => account.Inventory.StreamExportAsync(filter).ToListAsync().AsTask())).Count.ShouldBe(1);
    }

    [Fact]
    [Contract("POST /products", "Inventory/create")]
    public async Task CreateAsync_EveryField_IsSentStrictlyWithTwoDecimals()
    {
        var result = await CallAsync(account => account.Inventory.CreateAsync(new NewProduct
        {
            BlueprintId = new BlueprintId(58314), PriceCents = 30, Quantity = 3, Description = "From a binder", UserDataField = "change-17",
            Tag = "A",
            Graded = false,
            Properties =
                new Dictionary<string, PropertyValue> { ["condition"] = "Near Mint", ["mtg_language"] = "it", ["mtg_foil"] = false },
        }));

        result.Result.ShouldBe("ok");
        result.Warnings.ShouldBeEmpty();
        result.Product!.Id.ShouldBe(Product);
        result.Product.Price.ShouldBe(new Money(30, "EUR"));
        result.Product.ExpansionId.ShouldBe(new ExpansionId(979));
        result.Product.PresentFields.HasFlag(ProductFields.UserDataField).ShouldBeFalse();
        result.Product.PresentFields.HasFlag(ProductFields.Properties).ShouldBeTrue();
    }

    [Fact]
    [Contract("POST /products", "Inventory/create-warning")]
    public async Task CreateAsync_Warned_IsASuccessWithTheWarning()
    {
        var result = await CallAsync(account => account.Inventory.CreateAsync(
            new NewProduct { BlueprintId = new BlueprintId(58314), PriceCents = 100, Quantity = 1 }));

        result.Result.ShouldBe("warning");
        result.Warnings.ShouldBe([new CardTraderFault("properties.mtg_foil", "value was ignored")]);
    }

    [Fact]
    [Contract("PUT /products/{id}", "Inventory/update")]
    public async Task UpdateAsync_WithoutProperties_SendsOnlyWhatChanges()
    {
        var result = await CallAsync(account => account.Inventory.UpdateAsync(
            new ProductChange { Id = Product, Quantity = 4, PriceCents = 1_234_567, Description = string.Empty, UserDataField = "B-1" }));

        result.Product!.Quantity.ShouldBe(4);
    }

    [Fact]
    [Contract("PUT /products/{id}", "Inventory/update-properties")]
    public async Task UpdateAsync_WithProperties_IsStrict() =>
        await CallAsync(account => account.Inventory.UpdateAsync(
            new ProductChange { Id = Product, Properties = new Dictionary<string, PropertyValue> { ["condition"] = "Poor" } }));

    [Fact]
    [Contract("DELETE /products/{id}", "Inventory/delete")]
    public async Task DeleteAsync_Known_RemovesIt()
    {
        var result = await CallAsync(account => account.Inventory.DeleteAsync(Product));

        result.WasGone.ShouldBeFalse();
        result.Result.ShouldBe("ok");
    }

    [Fact]
    [Contract("DELETE /products/{id}", "Inventory/delete-gone")]
    public async Task DeleteAsync_GoneAlready_IsASuccess() =>
        (await CallAsync(account => account.Inventory.DeleteAsync(Product))).WasGone.ShouldBeTrue();

    [Fact]
    [Contract("POST /products/{id}/increment", "Inventory/increment")]
    public async Task IncrementAsync_Negative_SendsTheDelta() =>
        (await CallAsync(account => account.Inventory.IncrementAsync(Product, -2))).Product!.Quantity.ShouldBe(1);

    [Fact]
    [Contract("POST /products/{id}/upload_image", "Inventory/upload-image")]
    public async Task UploadImageAsync_File_StreamsItAsAForm() =>
        await CallAsync(account => account.Inventory.UploadImageAsync(
            Product, new ImageUpload("card.png", Picture.Length, () => new MemoryStream(Picture))));

    [Fact]
    [Contract("POST /products/{id}/upload_image", "Inventory/upload-image-from-address")]
    public async Task UploadImageAsync_Address_SendsItAsAForm() =>
        await CallAsync(account => account.Inventory.UploadImageAsync(Product, new Uri("https://img.example/a b.png")));

    [Fact]
    [Contract("DELETE /products/{id}/upload_image", "Inventory/delete-image")]
    public async Task DeleteImageAsync_EmptyAnswer_IsASuccess() => await CallAsync(account => account.Inventory.DeleteImageAsync(Product));

    [Fact]
    [Contract("POST /products/bulk_create", "Inventory/bulk-create")]
    public async Task SubmitCreatesAsync_TwoProducts_EachIsStrict()
    {
        var job = await CallAsync(account => account.Inventory.SubmitCreatesAsync(
        [
            new NewProduct
            {
                BlueprintId = new BlueprintId(58314), PriceCents = 35, Quantity = 2,
                Properties = new Dictionary<string, PropertyValue> { ["condition"] = "Near Mint" },
            },
            new NewProduct { BlueprintId = new BlueprintId(58315), PriceCents = 1000, Quantity = 1 },
        ]));

        job.Value.ShouldBe("5b1f2c2e-0000-4000-8000-000000000001");
    }

    [Fact]
    [Contract("POST /products/bulk_update", "Inventory/bulk-update")]
    public async Task SubmitUpdatesAsync_TwoChanges_OnlyTheOneWithPropertiesIsStrict() =>
        (await CallAsync(account => account.Inventory.SubmitUpdatesAsync(
        [
            new ProductChange { Id = Product, Quantity = 5, PriceCents = 5 },
            new ProductChange { Id = new ProductId(990000140), Properties = new Dictionary<string, PropertyValue> { ["signed"] = true } },
        ]))).Value.ShouldBe("5b1f2c2e-0000-4000-8000-000000000002");

    [Fact]
    [Contract("POST /products/bulk_destroy", "Inventory/bulk-destroy")]
    public async Task SubmitDeletesAsync_TwoProducts_SendsTheirIds() =>
        (await CallAsync(account => account.Inventory.SubmitDeletesAsync([Product, new ProductId(990000140)]))).Value
            .ShouldBe("5b1f2c2e-0000-4000-8000-000000000003");

    [Fact]
    [Contract("GET /products/{id}", "Inventory/find")]
    public async Task FindAsync_Undocumented_ReadsTheWrappedProduct() =>
        (await CallAsync(account => account.Inventory.FindAsync(Product)))!.Quantity.ShouldBe(3);

    [Fact]
    [Contract("GET /products/{id}", "Inventory/find-falls-back")]
    public async Task FindAsync_UndocumentedCallGone_FallsBackToTheExport() =>
        (await CallAsync(account => account.Inventory.FindAsync(Product, new BlueprintId(58314))))!.UserDataField.ShouldBe("A-03-12");

    [Fact]
    public async Task Writes_WrongInSeveralWays_ListEveryFaultAndSendNothing()
    {
        AnswerEverything();
        var product = new NewProduct
        {
            BlueprintId = default, PriceCents = 0, Quantity = 0,
            Properties = new Dictionary<string, PropertyValue> { ["graded"] = true, ["condition"] = string.Empty },
        };

        var single = await Should.ThrowAsync<CardTraderException>(() => Account.Inventory.CreateAsync(product));
        var bulk = await Should.ThrowAsync<CardTraderException>(
            () => Account.Inventory.SubmitCreatesAsync([product with { BlueprintId = new(1), Properties = null }, product]));
        var twice = await Should.ThrowAsync<CardTraderException>(() => Account.Inventory.SubmitDeletesAsync([Product, Product]));
        var nothing = await Should.ThrowAsync<CardTraderException>(() => Account.Inventory.UpdateAsync(new ProductChange { Id = Product }));
        var none = await Should.ThrowAsync<CardTraderException>(() => Account.Inventory.SubmitUpdatesAsync([]));
        var tooMany = await Should.ThrowAsync<CardTraderException>(
            () => Account.Inventory.SubmitDeletesAsync([.. Enumerable.Range(1, 451).Select(id => new ProductId(id))]));
        var image = await Should.ThrowAsync<CardTraderException>(
            () => Account.Inventory.UploadImageAsync(Product, new ImageUpload("card.gif", ImageUpload.MaxBytes + 1, () => Stream.Null)));

        single.Errors.Select(fault => fault.Path)
            .ShouldBe(["blueprint_id", "price_cents", "quantity", "properties.graded", "properties.condition"]);
        bulk.Errors.Select(fault => fault.Path).ShouldBe(
        [
            "products[0].price_cents", "products[0].quantity", "products[1].blueprint_id", "products[1].price_cents",
            "products[1].quantity",
            "products[1].properties.graded", "products[1].properties.condition",
        ]);
        twice.Errors.Single().Path.ShouldBe("products[1].id");
        nothing.Errors.Single().Text.ShouldBe("Nothing is to be changed.");
        none.Errors.Single().Text.ShouldContain("1 to 450");
        tooMany.Errors.Single().Text.ShouldContain("451 products");
        image.Errors.Count.ShouldBe(2);
        Received.ShouldBeEmpty();
    }
}
