using System.Net.Http.Headers;
using BrxSync.Simulator.Stock;

namespace BrxSync.Simulator.Tests.Inventory;

public sealed class ChangeTests : SimulatorTest
{
    private StockLevel First => Demo.GetStock().First(level => level.Quantity >= 2);

    [Fact]
    public async Task Update_Quantity_IsAbsolute()
    {
        var level = First;
        Demo.SetQuantity(level.ProductId, 9);

        var answer = await PutAsync($"products/{level.ProductId}", new { quantity = 4 });

        answer.Status.ShouldBe(200);
        Demo.FindProduct(level.ProductId)!.Quantity.ShouldBe(4);
    }

    [Fact]
    public async Task Update_QuantityReadBeforeASale_UndoesTheSale()
    {
        var level = First;
        Host.Orders.Place(Demo, level.ProductId, 1);

        await PutAsync($"products/{level.ProductId}", new { quantity = level.Quantity });

        Demo.FindProduct(level.ProductId)!.Quantity.ShouldBe(level.Quantity);
    }

    [Fact]
    public async Task Increment_AfterASale_KeepsTheSale()
    {
        var level = Demo.GetStock().First(level => level.Quantity > 3);
        Host.Orders.Place(Demo, level.ProductId, 1);

        await PostAsync($"products/{level.ProductId}/increment", new { delta_quantity = -1 });

        Demo.FindProduct(level.ProductId)!.Quantity.ShouldBe(level.Quantity - 2);
    }

    [Fact]
    public async Task Update_SomeKeys_LeavesTheOthersAlone()
    {
        var before = Demo.FindProduct(First.ProductId)!;

        await PutAsync($"products/{before.Id}", new { price = 12.34, description = "new" });

        Demo.FindProduct(before.Id).ShouldBe(before with { PriceCents = 1234, Description = "new" });
    }

    [Fact]
    public async Task Update_ToZero_TakesTheProductOffTheExport()
    {
        var level = First;

        await PutAsync($"products/{level.ProductId}", new { quantity = 0 });

        (await GetAsync($"products/export?blueprint_id={level.BlueprintId}")).Json.EnumerateArray()
            .ShouldNotContain(row => row.GetProperty("id").GetInt64() == level.ProductId);
        (await PutAsync($"products/{level.ProductId}", new { quantity = 5 })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Update_WrongPropertyInStrictMode_ChangesNothing()
    {
        var before = Demo.FindProduct(First.ProductId)!;

        var answer = await PutAsync($"products/{before.Id}", new { price = 9, error_mode = "strict", properties = new { nothing = true } });

        answer.Status.ShouldBe(422);
        Demo.FindProduct(before.Id).ShouldBe(before);
    }

    [Fact]
    public async Task Update_UnknownProduct_Is404() => (await PutAsync("products/1", new { quantity = 1 })).Status.ShouldBe(404);

    [Fact]
    public async Task Update_AnotherSellersProduct_Is404()
    {
        await using var host = await CardTraderSimulatorHost.StartAsync(
            new CardTraderSimulatorOptions { Sellers = { new SellerOptions { Name = "a" }, new SellerOptions { Name = "b" } } });
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", host.Seller("a").Token);

        using var response = await http.DeleteAsync(new Uri(host.BaseAddress, $"products/{host.Seller("b").GetStock()[0].ProductId}"));

        ((int)response.StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task Delete_Product_RemovesItWhateverItsQuantityAndThen404()
    {
        var level = First;

        var answer = await DeleteAsync($"products/{level.ProductId}");

        answer.Status.ShouldBe(200);
        answer.Json.GetProperty("warnings").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Array);
        (await DeleteAsync($"products/{level.ProductId}")).Status.ShouldBe(404);
        Demo.FindProduct(level.ProductId).ShouldBeNull();
    }

    [Fact]
    public async Task Increment_Negative_TakesAway()
    {
        var level = First;

        var answer = await PostAsync($"products/{level.ProductId}/increment", new { delta_quantity = -1 });

        answer.Json.GetProperty("resource").GetProperty("quantity").GetInt32().ShouldBe(level.Quantity - 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task Increment_ToZeroOrBelow_DeletesTheProduct(int beyond)
    {
        var level = First;

        await PostAsync($"products/{level.ProductId}/increment", new { delta_quantity = -level.Quantity + beyond });

        (await PostAsync($"products/{level.ProductId}/increment", new { delta_quantity = 1 })).Status.ShouldBe(404);
        Demo.GetStock().ShouldNotContain(other => other.ProductId == level.ProductId);
        Host.CheckInvariants().ShouldBeEmpty();
    }

    [Fact]
    public async Task Increment_WithoutDelta_IsMissingParameter() => (await PostAsync(
        $"products/{First.ProductId}/increment", new { })).Json
        .GetProperty("error_code").GetString().ShouldBe("missing_parameter");

    [Fact]
    public async Task Create_EqualToADeletedProduct_HasANewId()
    {
        var gone = Demo.FindProduct(First.ProductId)!;
        await DeleteAsync($"products/{gone.Id}");
        var blueprint = Host.Catalog.FindBlueprint(gone.BlueprintId)!;
        var editable = gone.Properties.Where(property => blueprint.EditableProperties.Any(known => known.Name == property.Key))
            .ToDictionary(
                property => property.Key, property => property.Value.IsBoolean ? (object)property.Value.Flag : property.Value.Text!);

        var answer = await PostAsync("products", new { blueprint_id = gone.BlueprintId, price = 1, quantity = 1, properties = editable });

        answer.Json.GetProperty("resource").GetProperty("id").GetInt64().ShouldNotBe(gone.Id);
    }

    [Fact]
    public async Task Get_Undocumented_WrapsTheResource() =>
        (await GetAsync($"products/{First.ProductId}")).Json.GetProperty("resource").GetProperty("id").GetInt64().ShouldBe(First.ProductId);

    [Fact]
    public async Task UploadImage_FileThenDelete_ShowsAndHidesItInTheExport()
    {
        var level = First;
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "uploaded_image[image]", "front.JPG" } };

        var answer = await PostAsync($"products/{level.ProductId}/upload_image", form);

        answer.Json.GetProperty("id").GetInt64().ShouldBePositive();
        (await ImagesAsync(level)).ShouldBe(1);
        (await DeleteAsync($"products/{level.ProductId}/upload_image")).Status.ShouldBe(200);
        (await ImagesAsync(level)).ShouldBe(0);
    }

    [Theory]
    [InlineData("uploaded_image[image]", "front.gif", 422)]
    [InlineData("image", "front.jpg", 422)]
    public async Task UploadImage_WrongFile_IsRefused(string field, string name, int status)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1]), field, name } };

        (await PostAsync($"products/{First.ProductId}/upload_image", form)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task UploadImage_NameAsAnEncodedWord_HasNoExtension()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1]), "uploaded_image[image]", "front.png" } };
        form.Single().Headers.ContentDisposition!.FileNameStar = null;
        form.Single().Headers.ContentDisposition!.FileName = "Kärtchen.png";

        (await PostAsync($"products/{First.ProductId}/upload_image", form)).Status.ShouldBe(422);
    }

    [Fact]
    public async Task UploadImage_AddressAlone_IsAccepted()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("https://example.com/a.png"), "uploaded_image[remote_image_url]" },
        };

        (await PostAsync($"products/{First.ProductId}/upload_image", form)).Status.ShouldBe(200);
    }

    private async Task<int> ImagesAsync(StockLevel level) =>
        (await GetAsync($"products/export?blueprint_id={level.BlueprintId}")).Json.EnumerateArray()
        .Single(row => row.GetProperty("id").GetInt64() == level.ProductId).GetProperty("uploaded_images").GetArrayLength();
}
