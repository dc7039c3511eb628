using BrxSync.Client;
using BrxSync.Client.Errors;
using BrxSync.Client.Wishlists;
using BrxSync.Contract.Tests.WireMock;

namespace BrxSync.Contract.Tests.Wishlists;

public sealed class WishlistsContractTests(WireMockFixture server) : ContractTest(server)
{
    private static readonly WishlistId Wishlist = new(12);

    [Fact]
    [Contract("GET /wishlists", "Wishlists/list")]
    public async Task ListAsync_OfAGame_ReadsAPage() =>
        (await CallAsync(account => account.Wishlists.ListAsync(new GameId(1), page: 2))).Single().Items.ShouldBeNull();

    [Fact]
    [Contract("GET /wishlists", "Wishlists/walk")]
    public async Task StreamAsync_Always_EndsWithAShortPage() =>
        (await CallAsync(account => account.Wishlists.StreamAsync().ToListAsync().AsTask())).Count.ShouldBe(2);

    [Fact]
    [Contract("GET /wishlists/{id}", "Wishlists/get")]
    public async Task GetAsync_Always_ReadsTheCards()
    {
        var item = (await CallAsync(account => account.Wishlists.GetAsync(Wishlist))).Items!.Single();

        item.MetaName.ShouldBe("mind-rot");
        item.Language.ShouldBeNull();
        item.Foil.ShouldBe(false);
        item.Reverse.ShouldBeNull();
    }

    [Fact]
    [Contract("POST /wishlists", "Wishlists/create")]
    public async Task CreateAsync_Items_AreWrappedAndFlagsAreTexts() =>
        (await CallAsync(account => account.Wishlists.CreateAsync(new NewWishlist
        {
            Name = "Cube", GameId = new GameId(1), Public = true,
            Items = [new WishlistItem { Quantity = 4, BlueprintId = new BlueprintId(58314), Language = "en", Foil = false }],
        }))).Id.ShouldBe(Wishlist);

    [Fact]
    [Contract("POST /wishlists", "Wishlists/create-from-text")]
    public async Task CreateAsync_Text_IsSentAsItIs() =>
        await CallAsync(account => account.Wishlists.CreateAsync(
            new NewWishlist { Name = "Cube", GameId = new GameId(1), TextDeck = "4 Mind Rot\n1 Forest" }));

    [Fact]
    [Contract("POST /wishlists", "Wishlists/create-refused")]
    public async Task CreateAsync_Refused_GivesTheTexts()
    {
        var exception = await CallAsync(account => Should.ThrowAsync<CardTraderException>(
            () => account.Wishlists.CreateAsync(new NewWishlist { Name = "Cube", GameId = new GameId(1), TextDeck = "nonsense" })));

        exception.Errors.Single().Text.ShouldBe("Deck items can't be blank");
    }

    [Fact]
    [Contract("DELETE /wishlists/{id}", "Wishlists/delete")]
    public async Task DeleteAsync_EmptyAnswer_IsASuccess() => await CallAsync(account => account.Wishlists.DeleteAsync(Wishlist));

    [Fact]
    public async Task CreateAsync_WrongInSeveralWays_ListsEveryFaultAndSendsNothing()
    {
        AnswerEverything();
        var wrong = new NewWishlist { Name = " ", GameId = default, TextDeck = "4 Mind Rot", Items = [new WishlistItem { Quantity = 0 }] };

        var exception = await Should.ThrowAsync<CardTraderException>(() => Account.Wishlists.CreateAsync(wrong));

        exception.Errors.Select(fault => fault.Path).ShouldBe(["name", "game_id", "items", "items[0].quantity", "items[0]"]);
        Received.ShouldBeEmpty();
    }
}
