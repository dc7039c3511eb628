namespace BrxSync.Simulator.Tests.Wishlists;

public sealed class WishlistTests : SimulatorTest
{
    [Fact]
    public async Task Create_FromText_DropsUnmatchedLinesSilently()
    {
        var created = await PostAsync(
            "wishlists",
            new { deck = new { name = "deck", game_id = 1, deck_items_from_text_deck = "4 Silent Owl (x12) 7\nnonsense\n1 Lost Bear" } });

        var items = (await GetAsync($"wishlists/{created.Json.GetProperty("id").GetInt64()}")).Json.GetProperty("items");
        items.GetArrayLength().ShouldBe(2);
        items[0].GetProperty("expansion_code").GetString().ShouldBe("x12");
        items[0].GetProperty("collector_number").GetString().ShouldBe("7");
    }

    [Fact]
    public async Task Create_WithoutItems_Is422WithAListOfTexts()
    {
        var answer = await PostAsync("wishlists", new { deck = new { name = "deck", game_id = 1 } });

        answer.Status.ShouldBe(422);
        answer.Json.GetProperty("errors")[0].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.String);
    }

    [Fact]
    public async Task List_Pages_EndWithAnEmptyOneAndFilterByGame()
    {
        for (var list = 0; list < 5; list++)
        {
            await PostAsync("wishlists", new { deck = new
            {
                name = "deck", game_id = list % 2, deck_items_attributes = new[] { new { quantity = 1, foil = "true" } },
            } });
        }

        (await GetAsync("wishlists?limit=3")).Json.GetArrayLength().ShouldBe(3);
        (await GetAsync("wishlists?limit=3&page=2")).Json.GetArrayLength().ShouldBe(2);
        (await GetAsync("wishlists?limit=3&page=3")).Json.GetArrayLength().ShouldBe(0);
        (await GetAsync("wishlists?game_id=1")).Json.GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Delete_Twice_IsGone()
    {
        var id = (await PostAsync(
            "wishlists", new { deck = new { name = "d", game_id = 1, deck_items_from_text_deck = "" } })).Json.GetProperty("id").GetInt64();

        (await DeleteAsync($"wishlists/{id}")).Status.ShouldBe(200);
        (await DeleteAsync($"wishlists/{id}")).Status.ShouldBe(404);
    }
}
