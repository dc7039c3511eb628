using BrxSync.Client;
using BrxSync.Simulator.Faults;
using BrxSync.Sync;

namespace BrxSync.Store.Compliance.Changes;

/// <summary>What people and buyers do while changes are on their way, or between two tries.</summary>
public abstract class PushRaceSuite : ChangeSuite
{
    private const string Update = "POST /products/bulk_update";
    private const string Create = "POST /products/bulk_create";

    [Fact]
    public async Task RunAsync_TakenBackAfterALostAnswerAndARefusal_EndsWithTheLocalValue()
    {
        var product = await StockedAsync(5);
        var item = await ItemAsync(product);
        var price = (int)item.Price!.Value.Cents;
        await PriceAsync(item.Id, price + 50);
        Fail(Update, FaultAction.LostAnswer, times: 10);
        await PushAsync();
        Marketplace.Faults.Clear();
        Fail(Update, FaultAction.Status, times: 10, status: 429);
        Time.Advance(TimeSpan.FromMinutes(5));
        await PushAsync();
        Marketplace.Faults.Clear();
        Seller.FindProduct(product)!.PriceCents.ShouldBe(price + 50);

        await PriceAsync(item.Id, price);
        await SettleChangesAsync();

        Seller.FindProduct(product)!.PriceCents.ShouldBe(price);
    }

    [Fact]
    public async Task RunAsync_FieldThatAnotherChangeCarriesIsSetToAndFro_IsSent()
    {
        var product = await StockedAsync(5);
        var item = await ItemAsync(product);
        await PriceAsync(item.Id, 4_444);
        await DescribeAsync(item.Id, "wanted");
        Fail(Update, FaultAction.Status, times: 10, status: 429);
        await PushAsync();
        Marketplace.Faults.Clear();

        await DescribeAsync(item.Id, "other");
        await DescribeAsync(item.Id, "wanted");
        await SettleChangesAsync();

        var there = Seller.FindProduct(product)!;
        (there.Description, there.PriceCents).ShouldBe(("wanted", 4_444));
    }

    [Fact]
    public async Task RunAsync_TakenBackAfterAReadThatMaySayAnother_EndsWithTheLocalValue()
    {
        var product = await StockedAsync(5);
        var item = await ItemAsync(product);
        var price = (int)item.Price!.Value.Cents;
        await PriceAsync(item.Id, price + 50);
        Seller.Reprice(product, price + 999);
        Time.Advance(TimeSpan.FromSeconds(20));
        await Host.FullSync.RunAsync(new SyncRequest { AccountId = Account });

        await PriceAsync(item.Id, price);
        await SettleChangesAsync();

        Seller.FindProduct(product)!.PriceCents.ShouldBe(price);
    }

    [Fact]
    public async Task RunAsync_OfferRefusedWhileACopyIsSoldHere_LeavesNothingWaiting()
    {
        var offer = await Changes.OfferAsync(
            Account, new NewItem { BlueprintId = new BlueprintId(999_999_999), Quantity = 3, PriceCents = 500 });
        WhileItsJobRuns(() => Changes.SellAsync(Account, offer.ItemId, 1, "early"));

        await SettleChangesAsync();

        var changes = await Changes.ListAsync(Account, new ChangeQuery { ItemId = offer.ItemId });
        changes.Select(change => change.Status).ShouldBe([StockChangeStatus.LocalOnly, StockChangeStatus.Failed]);
    }

    [Fact]
    public async Task RunAsync_OfferDeletedWhileItIsAddedToAnEqualProduct_LeavesTheOtherCopiesOnSale()
    {
        var first = await OfferedAsync(3);
        var second = await Changes.OfferAsync(Account, new NewItem { BlueprintId = first.BlueprintId, Quantity = 2, PriceCents = 500 });
        WhileItsJobRuns(() => Changes.DeleteAsync(Account, second.ItemId));

        await SettleChangesAsync();

        Seller.FindProduct(first.ProductId!.Value.Value)!.Quantity.ShouldBe(3);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task RunAsync_OfferDeletedWhileItIsPutOnSale_IsTakenOffAndOutOfView()
    {
        var blueprint = await UnsoldBlueprintAsync();
        var offer = await Changes.OfferAsync(Account, new NewItem { BlueprintId = blueprint, Quantity = 2, PriceCents = 500 });
        WhileItsJobRuns(() => Changes.DeleteAsync(Account, offer.ItemId));

        await PushAsync();
        (await ItemsAsync(Account)).Values.ShouldNotContain(item => item.Id == offer.ItemId);
        await SettleChangesAsync();

        Seller.ProductsOf(blueprint.Value).ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_OfferEditedWhileASnapshotFindsIt_KeepsTheEdit()
    {
        var offer = await Changes.OfferAsync(
            Account, new NewItem { BlueprintId = await UnsoldBlueprintAsync(), Quantity = 3, PriceCents = 500, UserDataField = "shelf" });
        AfterItsJob(async () =>
        {
            await Host.FullSync.RunAsync(new SyncRequest { AccountId = Account });
            await Changes.EditAsync(Account, new ItemEdit { ItemId = offer.ItemId, PriceCents = 640, Description = "late" });
        });

        await SettleChangesAsync();

        var there = Seller.GetStock().Select(level => Seller.FindProduct(level.ProductId)!)
            .Single(product => product.Description == "late");
        (there.PriceCents, there.Quantity, there.UserDataField).ShouldBe((640, 3, "shelf"));
        (await ItemAsync(there.Id)).Price!.Value.Cents.ShouldBe(640);
        await ShouldEqualMarketplaceAsync();
        await ShouldReplayAsync();
    }

    [Fact]
    public async Task RunAsync_PrivateTextSetToAndFroWhileItIsPutOnSale_LeavesNoMark()
    {
        var offer = await Changes.OfferAsync(
            Account, new NewItem { BlueprintId = await UnsoldBlueprintAsync(), Quantity = 3, PriceCents = 500, UserDataField = "shelf" });
        WhileItsJobRuns(async () =>
        {
            await Changes.EditAsync(Account, new ItemEdit { ItemId = offer.ItemId, UserDataField = "other" });
            await Changes.EditAsync(Account, new ItemEdit { ItemId = offer.ItemId, UserDataField = "shelf" });
        });

        await SettleChangesAsync();

        Seller.FindProduct((await ItemOfRowAsync(offer.ItemId)).ProductId!.Value.Value)!.UserDataField.ShouldBe("shelf");
    }

    [Fact]
    public async Task RunAsync_OfferWhoseAnswerIsLostIsBoughtAtOnce_IsNotPutOnSaleAgain()
    {
        var blueprint = await UnsoldBlueprintAsync();
        await Changes.OfferAsync(Account, new NewItem { BlueprintId = blueprint, Quantity = 1, PriceCents = 500 });
        Fail(Create, FaultAction.LostAnswer, times: 10);
        await PushAsync();
        Time.Advance(TimeSpan.FromSeconds(5));
        var listed = Seller.ProductsOf(blueprint.Value).Single();
        Marketplace.Orders.Place(Seller, listed.Id, listed.Quantity).ShouldNotBeNull();
        Marketplace.Faults.Clear();

        await SettleChangesAsync();

        Seller.ProductsOf(blueprint.Value).ShouldBeEmpty("it was sold");
        (await Changes.ListAsync(Account, new ChangeQuery())).ShouldAllBe(change => change.Status == StockChangeStatus.Done);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task RunAsync_OfferWhoseAnswerIsLostIsReadAndSoldOut_BecomesOneItem()
    {
        var blueprint = await UnsoldBlueprintAsync();
        await Changes.OfferAsync(Account, new NewItem { BlueprintId = blueprint, Quantity = 2, PriceCents = 500 });
        Fail(Create, FaultAction.LostAnswer, times: 10);
        await PushAsync();
        Time.Advance(TimeSpan.FromSeconds(5));
        await Host.FullSync.RunAsync(new SyncRequest { AccountId = Account });
        (await ItemsAsync(Account)).Values.Single(item => item.BlueprintId == blueprint).Quantity.ShouldBe(2, "the copies count once");
        var listed = Seller.ProductsOf(blueprint.Value).Single();
        Marketplace.Orders.Place(Seller, listed.Id, listed.Quantity).ShouldNotBeNull();
        Marketplace.Faults.Clear();

        await SettleChangesAsync();

        (await ItemsAsync(Account)).Values.Single(item => item.BlueprintId == blueprint).Quantity.ShouldBe(0);
        (await Changes.ListAsync(Account, new ChangeQuery())).ShouldAllBe(change => change.Status == StockChangeStatus.Done);
        await ShouldEqualMarketplaceAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(FaultAction.LostAnswer)]
    public async Task RunAsync_TwoEqualOffersAtOnce_BecomeOneItem(FaultAction? fault)
    {
        var blueprint = await UnsoldBlueprintAsync();
        for (var copies = 2; copies <= 3; copies++)
        {
            await Changes.OfferAsync(Account, new NewItem { BlueprintId = blueprint, Quantity = copies, PriceCents = 500 });
        }

        if (fault is { } action)
        {
            Fail(Create, action);
        }

        await SettleChangesAsync();

        Seller.ProductsOf(blueprint.Value).Single().Quantity.ShouldBe(5);
        (await ItemsAsync(Account)).Values.Single(item => item.BlueprintId == blueprint).Quantity.ShouldBe(5);
        await ShouldEqualMarketplaceAsync();
        await ShouldReplayAsync();
    }

    [Fact]
    public async Task RunAsync_AnswerLostAfterTwoSnapshotsOfOneInstant_CountsOnce()
    {
        var product = await StockedAsync(5);
        await Changes.EditAsync(Account, new ItemEdit { ItemId = (await ItemAsync(product)).Id, QuantityDelta = 2 });
        await Host.FullSync.RunAsync(new SyncRequest { AccountId = Account });
        await Host.FullSync.RunAsync(new SyncRequest { AccountId = Account });
        Fail("POST /products/:id/increment", FaultAction.LostAnswer);

        await SettleChangesAsync();

        Seller.FindProduct(product)!.Quantity.ShouldBe(7);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task RunAsync_PriceAndLastCopyAtOnce_FailsNothing()
    {
        var product = await StockedAsync(1);
        var item = await ItemAsync(product);
        await Changes.EditAsync(Account, new ItemEdit { ItemId = item.Id, Quantity = 0, PriceCents = 4_444 });

        await SettleChangesAsync();

        Seller.FindProduct(product).ShouldBeNull();
        (await Changes.ListAsync(Account, new ChangeQuery())).ShouldAllBe(change => change.Status != StockChangeStatus.Failed);
    }

    [Fact]
    public async Task RunAsync_SaleComesWhileAnotherIsToBeTriedLater_KeepsItsTries()
    {
        var product = await StockedAsync(7);
        var item = await ItemAsync(product);
        var other = (await ItemsAsync(Account)).Values.First(row => row.Id != item.Id && row.Quantity > 0);
        var sale = await Changes.SellAsync(Account, item.Id, 1, "first");
        await PriceAsync(other.Id, 4_444);
        Fail($"POST /products/{product}/increment", FaultAction.Status, times: 10, status: 429);
        WhileItsJobRuns(async () =>
        {
            Marketplace.Faults.Clear();
            await Changes.SellAsync(Account, item.Id, 1, "second");
        });

        await PushAsync();

        var first = await ChangeAsync(sale.Changes.Single());
        (first.Status, first.Attempts).ShouldBe((StockChangeStatus.Waiting, 1));
        await SettleChangesAsync();
        Seller.FindProduct(product)!.Quantity.ShouldBe(5);
    }

    [Fact]
    public async Task EditManyAsync_TwoEditsOfOneVersion_MakesTheFirst()
    {
        var item = await ItemAsync(await StockedAsync(5));
        ItemEdit[] edits =
        [
            new() { ItemId = item.Id, ExpectedVersion = item.RowVersion, PriceCents = 4_444 },
            new() { ItemId = item.Id, ExpectedVersion = item.RowVersion, PriceCents = 5_555 },
            new() { ItemId = item.Id, QuantityDelta = -1 },
        ];

        var results = await Changes.EditManyAsync(Account, edits.ToAsyncEnumerable(), new BulkEdit()).ToListAsync();

        results[1].Faults.Single().Reason.ShouldBe(ChangeFaultReason.StaleVersion);
        var now = await ItemOfRowAsync(item.Id);
        (now.Price!.Value.Cents, now.Quantity).ShouldBe((4_444, 4));
        results[0].Receipt!.RowVersion.ShouldBe(now.RowVersion);
        results[2].Receipt!.RowVersion.ShouldBe(now.RowVersion);
    }

    private Task<ChangeReceipt> PriceAsync(long item, int price) =>
        Changes.EditAsync(Account, new ItemEdit { ItemId = item, PriceCents = price });

    private Task<ChangeReceipt> DescribeAsync(long item, string text) =>
        Changes.EditAsync(Account, new ItemEdit { ItemId = item, Description = text });

    private async Task<InventoryItem> OfferedAsync(int copies)
    {
        var offer = await Changes.OfferAsync(
            Account, new NewItem { BlueprintId = await UnsoldBlueprintAsync(), Quantity = copies, PriceCents = 500 });
        await SettleChangesAsync();
        return await ItemOfRowAsync(offer.ItemId);
    }

    /// <summary>Has something happen once, before the next job is asked for.</summary>
    private void WhileItsJobRuns(Func<Task> happens) => BeforeCall = request => OnceAsync(request, happens);

    /// <summary>Has something happen once, after the marketplace has told of the next job.</summary>
    private void AfterItsJob(Func<Task> happens) => AfterCall = request => OnceAsync(request, happens);

    private async Task OnceAsync(HttpRequestMessage request, Func<Task> happens)
    {
        if (request.RequestUri!.AbsolutePath.Contains("/jobs/", StringComparison.Ordinal))
        {
            BeforeCall = AfterCall = _ => Task.CompletedTask;
            await happens();
        }
    }

    /// <summary>Each entry begins where the one before it of its product ended, and the last one gives the quantity.</summary>
    private async Task ShouldReplayAsync()
    {
        var state = new Dictionary<ProductId, (int Quantity, int? Price)>();
        foreach (var entry in (await JournalAsync(Account)).Where(entry => entry.ProductId is not null))
        {
            (entry.Before, entry.PriceBefore).ShouldBe(state.GetValueOrDefault(entry.ProductId!.Value), $"{entry}");
            state[entry.ProductId.Value] = (entry.After, entry.PriceAfter);
        }

        foreach (var item in (await ItemsAsync(Account)).Values.Where(item => item.ProductId is not null))
        {
            state.GetValueOrDefault(item.ProductId!.Value).ShouldBe((item.Quantity, (int?)item.Price?.Cents), $"{item}");
        }
    }
}
