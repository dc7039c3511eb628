using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BrxSync.Simulator.Stock;

namespace BrxSync.Simulator.Tests.Inventory;

public sealed class ExportTests : SimulatorTest
{
    [Fact]
    public async Task Export_GeneratedStock_HoldsEveryProductOnce()
    {
        var rows = (await GetAsync("products/export")).Json.EnumerateArray().ToList();

        rows.Count.ShouldBe(500);
        rows.Select(row => row.GetProperty("id").GetInt64()).Distinct().Count().ShouldBe(500);
        rows.Select(row => row.GetProperty("blueprint_id").GetInt64() + row.GetProperty("properties_hash").GetRawText()
            + row.GetProperty("bundle_size").GetInt32()).Distinct().Count().ShouldBe(500);
        rows.ShouldAllBe(row => row.GetProperty("user_id").GetInt64() == Demo.UserId);
    }

    [Fact]
    public async Task Export_GeneratedRow_IsTheSameAsTheObjectsRow()
    {
        var rows = (await GetAsync("products/export")).Json.EnumerateArray().ToList();

        foreach (var row in rows)
        {
            var product = Demo.FindProduct(row.GetProperty("id").GetInt64())!;
            Encoding.UTF8.GetString(Render(product)).ShouldBe(row.GetRawText());
        }
    }

    [Fact]
    public async Task Export_GeneratedRows_ShowTheVarietyOfTheRealOnes()
    {
        var rows = (await GetAsync("products/export")).Json.EnumerateArray().ToList();

        Forms("graded").ShouldBe(["0", "false", "null"], ignoreOrder: true);
        Forms("description").ShouldContain("null");
        Forms("description").ShouldContain("\"\"");
        Forms("tag").ShouldContain("null");
        Forms("user_data_field").Count.ShouldBeGreaterThan(10);
        rows.ShouldContain(row => row.GetProperty("bundle_size").GetInt32() == 4);
        rows.ShouldAllBe(row => row.GetProperty("bundled_quantity").GetInt32()
            == row.GetProperty("quantity").GetInt32() * row.GetProperty("bundle_size").GetInt32());
        rows.SelectMany(row => row.GetProperty("properties_hash").EnumerateObject())
            .ShouldAllBe(property => property.Value.ValueKind == JsonValueKind.String || property.Value.ValueKind == JsonValueKind.True
                || property.Value.ValueKind == JsonValueKind.False);

        List<string> Forms(string key) => [.. rows.Select(row => row.GetProperty(key).GetRawText()).Distinct()];
    }

    [Fact]
    public async Task Export_ByBlueprint_ListsTheBlueprintsProductsOnly()
    {
        var level = Demo.GetStock()[7];

        var rows = (await GetAsync($"products/export?blueprint_id={level.BlueprintId}")).Json.EnumerateArray().ToList();

        rows.Count.ShouldBe(Demo.GetStock().Count(other => other.BlueprintId == level.BlueprintId));
        rows.ShouldAllBe(row => row.GetProperty("blueprint_id").GetInt64() == level.BlueprintId);
    }

    [Fact]
    public async Task Export_ByExpansionOverAllExpansions_GivesTheWholeStock()
    {
        var ids = new List<long>();
        foreach (var expansion in (await GetAsync("expansions/export")).Json.EnumerateArray())
        {
            var rows = (await GetAsync($"products/export?expansion_id={expansion.GetProperty("id").GetInt32()}")).Json.EnumerateArray()
                .ToList();
            rows.ShouldNotBeEmpty();
            ids.AddRange(rows.Select(row => row.GetProperty("id").GetInt64()));
        }

        ids.Order().ShouldBe(Demo.GetStock().Select(level => level.ProductId).Order());
    }

    [Fact]
    public async Task Export_AfterChanges_ShowsThem()
    {
        var edits = Demo.ChangeProducts(changed: 20, added: 5, removed: 7);

        var rows = (await GetAsync("products/export")).Json.EnumerateArray()
            .ToDictionary(
                row => row.GetProperty("id").GetInt64(),
                row => (row.GetProperty("quantity").GetInt32(), row.GetProperty("price_cents").GetInt32()));

        rows.Count.ShouldBe(498);
        edits.Removed.ShouldAllBe(id => !rows.ContainsKey(id));
        edits.Added.ShouldAllBe(id => rows.ContainsKey(id));
        Demo.GetStock().ShouldAllBe(level => rows[level.ProductId].Equals(ValueTuple.Create(level.Quantity, level.PriceCents)));
    }

    [Fact]
    public async Task Export_SameSeed_GivesTheSameBytes()
    {
        await using var other = await CardTraderSimulatorHost.StartAsync(Options());

        other.Seller().RenderExport().ShouldBe((await GetAsync("products/export")).Body);
    }

    [Fact]
    public async Task Export_GzipAccepted_AnswersTheSameBytesCompressed()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Host.BaseAddress, "products/export"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Demo.Token);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));

        using var response = await http.SendAsync(request);

        response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        using var plain = new MemoryStream();
        await using (var zip = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress))
        {
            await zip.CopyToAsync(plain);
        }

        plain.ToArray().ShouldBe(Demo.RenderExport());
    }

    [Fact]
    public void ChangeProducts_AllSoldOutMeanwhile_LeavesThemAlone()
    {
        var levels = Demo.GetStock();
        foreach (var level in levels)
        {
            Demo.RemoveProduct(level.ProductId);
        }

        var edits = StockEdits.Apply(Demo, Host.Catalog, levels, changed: 20, added: 0, removed: 7, seed: 1);

        edits.Changed.ShouldBeEmpty();
        edits.Removed.ShouldBeEmpty();
        Demo.ProductCount.ShouldBe(0);
        Host.CheckInvariants().ShouldBeEmpty();
    }

    [Fact]
    public async Task GetStock_OfAPastInstant_UndoesWhatCameAfter()
    {
        var before = Demo.GetStock();
        var instant = Host.Clock.Now;
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        Demo.ChangeProducts(changed: 40, added: 3, removed: 9);

        var then = Demo.GetStock(instant);

        then.Select(level => (level.ProductId, level.Quantity)).Order()
            .ShouldBe(before.Select(level => (level.ProductId, level.Quantity)).Order());
        (await GetAsync("products/export")).Json.GetArrayLength().ShouldBe(494);
    }

    [Fact]
    public void Export_RowsChangedDuringTheDownload_AreWrittenOnce()
    {
        var first = Demo.GetStock()[0].ProductId;
        var last = Demo.GetStock()[^1].ProductId;
        var target = new System.Buffers.ArrayBufferWriter<byte>();
        var rows = Demo.Stock.Live();
        rows.WriteNext(target, Demo.Parts, Demo.UserId, RowLimit.None).ShouldBeTrue();
        rows.Written.ShouldBeInRange(1, 499);

        Demo.Edit(first, product => product with { Description = "changed after it was written" });
        Demo.Edit(last, product => product with { Description = "changed before it is written" });
        var added = Demo.AddProduct(1_000_098, 1, 5).Id;
        while (rows.WriteNext(target, Demo.Parts, Demo.UserId, RowLimit.None))
        {
        }

        var ids = JsonDocument.Parse($"[{Encoding.UTF8.GetString(target.WrittenSpan)}]").RootElement.EnumerateArray()
            .Select(row => row.GetProperty("id").GetInt64()).ToList();
        ids.Count.ShouldBe(501);
        ids.Distinct().Count().ShouldBe(501);
        ids.ShouldContain(added);
        Encoding.UTF8.GetString(target.WrittenSpan).ShouldContain("changed before it is written");
        Encoding.UTF8.GetString(target.WrittenSpan).ShouldNotContain("changed after it was written");
    }

    private byte[] Render(StockProduct product)
    {
        var target = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(target, Http.JsonAnswer.WriterOptions))
        {
            ProductJson.WriteExportRow(json, product, Demo.UserId);
        }

        return target.WrittenSpan.ToArray();
    }
}
