using BrxSync.Client;
using BrxSync.Client.Inventory;
using BrxSync.Simulator.Faults;
using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Changes;

/// <summary>Changes on their way to the marketplace: by as few calls as possible, each with its effect once.</summary>
public abstract class PushSuite : ChangeSuite
{
    [Fact]
    public async Task RunAsync_EditAndSale_ReachTheMarketplaceOnce()
    {
        var product = await StockedAsync(5);
        var item = await ItemAsync(product);
        var edit = await Changes.EditAsync(
            Account, new ItemEdit { ItemId = item.Id, PriceCents = 4_321, Description = "signed", UserDataField = "A-3" });
        var sale = await Changes.SellAsync(Account, item.Id, 2, "order 1");

        await PushAsync();
        await PushAsync();

        var there = Seller.FindProduct(product)!;
        (there.Quantity, there.PriceCents, there.Description, there.UserDataField).ShouldBe((3, 4_321, "signed", "A-3"));
        (await ChangeAsync(edit.Changes.Single())).Status.ShouldBe(StockChangeStatus.Done);
        var done = await ChangeAsync(sale.Changes.Single());
        (done.Status, done.Call).ShouldBe((StockChangeStatus.Done, "increment"));
        done.History.Select(milestone => milestone.Status).ShouldBe(
            [StockChangeStatus.Waiting, StockChangeStatus.Sent, StockChangeStatus.Done]);
        Writes().ShouldBe([$"POST /products/{product}/increment", "POST /products/bulk_update"]);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task RunAsync_SeveralEditsOfOneItem_GoOutAsOne()
    {
        var product = await StockedAsync(9);
        var item = await ItemAsync(product);
        var first = await EditAsync(item, new ItemEdit { ItemId = item.Id, QuantityDelta = -1, PriceCents = 100 });
        var second = await EditAsync(item, new ItemEdit { ItemId = item.Id, QuantityDelta = -2, PriceCents = 200 });
        var third = await EditAsync(item, new ItemEdit { ItemId = item.Id, Description = "last" });

        await PushAsync();

        var there = Seller.FindProduct(product)!;
        (there.Quantity, there.PriceCents, there.Description).ShouldBe((6, 200, "last"));
        Writes().Count.ShouldBe(2);
        foreach (var (carried, carrier) in second.Changes.Zip(first.Changes).Append((third.Changes[0], first.Changes[1])))
        {
            var change = await ChangeAsync(carried);
            (change.Status, change.CarriedBy).ShouldBe((StockChangeStatus.Superseded, carrier));
        }
    }

    [Fact]
    public async Task RunAsync_EditsThatTakeThemselvesBack_MakeNoCall()
    {
        var product = await StockedAsync(5);
        var item = await ItemAsync(product);
        var price = (int)item.Price!.Value.Cents;
        await EditAsync(item, new ItemEdit { ItemId = item.Id, QuantityDelta = -2, PriceCents = price + 50 });
        await EditAsync(item, new ItemEdit { ItemId = item.Id, QuantityDelta = 2, PriceCents = price });

        await PushAsync();

        Writes().ShouldBeEmpty();
        (await Changes.ListAsync(Account, new ChangeQuery())).ShouldAllBe(change => change.Status == StockChangeStatus.Superseded);
    }

    [Fact]
    public async Task RunAsync_OneProductOfABatchIsGone_TheOthersAreDone()
    {
        var items = (await ItemsAsync(Account)).Values.Where(item => item.Quantity > 0).Take(6).ToArray();
        foreach (var item in items)
        {
            await EditAsync(item, new ItemEdit { ItemId = item.Id, PriceCents = 9_000 });
        }

        Seller.RemoveProduct(items[2].ProductId!.Value.Value);
        var result = await PushAsync();

        (result.Sent, result.Done, result.Failed, result.Calls).ShouldBe((6, 5, 1, 2));
        var failed = (await Changes.ListAsync(Account, new ChangeQuery { ItemId = items[2].Id })).Single();
        (failed.Status, failed.ErrorCode).ShouldBe((StockChangeStatus.Failed, "not_found"));
        failed.Error.ShouldNotBeNull();
    }

    [Fact]
    public async Task RunAsync_Offer_IsLinkedAndKeepsTheSellersText()
    {
        var blueprint = await UnsoldBlueprintAsync();
        var receipt = await Changes.OfferAsync(
            Account,
            new NewItem { BlueprintId = blueprint, Quantity = 3, PriceCents = 500, UserDataField = "shelf 3", Description = "mine" });

        await SettleChangesAsync();

        var item = await ItemOfRowAsync(receipt.ItemId);
        var there = Seller.FindProduct(item.ProductId.ShouldNotBeNull().Value).ShouldNotBeNull();
        (there.Quantity, there.PriceCents, there.UserDataField, there.Description).ShouldBe((3, 500, "shelf 3", "mine"));
        (item.Quantity, item.UserDataField).ShouldBe((3, "shelf 3"));
        await SyncAsync();
        await ShouldEqualMarketplaceAsync();
        (await ItemsAsync(Account)).Values.Count(row => row.BlueprintId == blueprint).ShouldBe(1);
    }

    [Fact]
    public async Task RunAsync_OfferSoldHereBeforeItIsLinked_SellsThereToo()
    {
        var receipt = await Changes.OfferAsync(
            Account, new NewItem { BlueprintId = await UnsoldBlueprintAsync(), Quantity = 3, PriceCents = 500 });
        await Changes.SellAsync(Account, receipt.ItemId, 1, "early");

        await SettleChangesAsync();

        (await ItemOfRowAsync(receipt.ItemId)).Quantity.ShouldBe(2);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task RunAsync_OfferOfAnEqualProduct_BecomesOneItem()
    {
        var first = await Changes.OfferAsync(
            Account, new NewItem { BlueprintId = await UnsoldBlueprintAsync(), Quantity = 3, PriceCents = 500 });
        await SettleChangesAsync();
        var item = await ItemOfRowAsync(first.ItemId);

        await Changes.OfferAsync(Account, new NewItem { BlueprintId = item.BlueprintId, Quantity = 2, PriceCents = 500 });
        await SettleChangesAsync();

        (await ItemOfRowAsync(first.ItemId)).Quantity.ShouldBe(5);
        (await ItemsAsync(Account)).Values.Count(row => row.BlueprintId == item.BlueprintId).ShouldBe(1);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task RunAsync_OfferTakenBackBeforeItIsSent_MakesNoCall()
    {
        var receipt = await Changes.OfferAsync(
            Account, new NewItem { BlueprintId = await UnsoldBlueprintAsync(), Quantity = 3, PriceCents = 500 });
        await Changes.DeleteAsync(Account, receipt.ItemId);

        await PushAsync();

        Writes().ShouldBeEmpty();
        (await ItemsAsync(Account)).Values.ShouldNotContain(item => item.Id == receipt.ItemId);
    }

    [Fact]
    public async Task RunAsync_Delete_TakesTheProductOffSale()
    {
        var product = await StockedAsync(5);
        await Changes.DeleteAsync(Account, (await ItemAsync(product)).Id);

        await SettleChangesAsync();
        await SyncAsync();

        Seller.FindProduct(product).ShouldBeNull();
        (await ItemsAsync(Account)).ShouldNotContainKey(Text(product));
        Writes().ShouldBe(["POST /products/bulk_destroy"]);
    }

    [Fact]
    public async Task RunAsync_SoldOutBeforeItWasOnSaleAndRestocked_IsPutOnSale()
    {
        var receipt = await Changes.OfferAsync(
            Account, new NewItem { BlueprintId = await UnsoldBlueprintAsync(), Quantity = 1, PriceCents = 500 });
        await Changes.SellAsync(Account, receipt.ItemId, 1, "early");
        await SettleChangesAsync();

        await Changes.EditAsync(Account, new ItemEdit { ItemId = receipt.ItemId, QuantityDelta = 2 });
        await SettleChangesAsync();

        Seller.FindProduct((await ItemOfRowAsync(receipt.ItemId)).ProductId.ShouldNotBeNull().Value)!.Quantity.ShouldBe(2);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task RunAsync_SoldOutAndRestocked_IsANewProduct()
    {
        var product = await StockedAsync(1);
        var item = await ItemAsync(product);
        await Changes.SellAsync(Account, item.Id, 1, "last copy");
        await SettleChangesAsync();
        Seller.FindProduct(product).ShouldBeNull();

        var receipt = await Changes.EditAsync(Account, new ItemEdit { ItemId = item.Id, Quantity = 4 });
        receipt.IsQueued.ShouldBeTrue();
        await SettleChangesAsync();

        var again = await ItemOfRowAsync(item.Id);
        again.ProductId.ShouldNotBeNull(string.Join("\n", await Changes.ListAsync(Account, new ChangeQuery { ItemId = item.Id })));
        (again.Quantity, Seller.FindProduct(again.ProductId!.Value.Value)!.Quantity).ShouldBe((4, 4));
        await SyncAsync();
        await ShouldEqualMarketplaceAsync();
    }

    [Theory]
    [InlineData(FaultAction.LostAnswer)]
    [InlineData(FaultAction.Reset)]
    [InlineData(FaultAction.CutBody)]
    [InlineData(FaultAction.Status)]
    public async Task RunAsync_AnswerToASaleIsLost_IsDecidedByAReadAndCountsOnce(FaultAction fault)
    {
        var product = await StockedAsync(7);
        var sale = await Changes.SellAsync(Account, (await ItemAsync(product)).Id, 2, "order 1");
        Marketplace.Faults.Add(new FaultRule { Endpoint = "POST /products/:id/increment", Action = fault, AtByte = 5, Times = 1 });

        await SettleChangesAsync();

        Seller.FindProduct(product)!.Quantity.ShouldBe(5);
        (await ChangeAsync(sale.Changes.Single())).Status.ShouldBe(StockChangeStatus.Done);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task RunAsync_AnswerLostWhileSomebodyBuysThere_IsDecidedByTheOrders()
    {
        var product = await StockedAsync(7);
        await Changes.SellAsync(Account, (await ItemAsync(product)).Id, 2, "order 1");
        Marketplace.Faults.Add(new FaultRule { Endpoint = "POST /products/:id/increment", Action = FaultAction.LostAnswer, Times = 1 });
        Interleaving.BeforeRead = () =>
        {
            Marketplace.Orders.Place(Seller, product, 2).ShouldNotBeNull();
            Interleaving.Clear();
            return Task.CompletedTask;
        };

        await SettleChangesAsync();

        Seller.FindProduct(product)!.Quantity.ShouldBe(3);
        await ShouldEqualMarketplaceAsync();
        Writes().Count(call => call.EndsWith("increment", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData(FaultAction.LostAnswer)]
    [InlineData(FaultAction.Reset)]
    [InlineData(FaultAction.Status)]
    public async Task RunAsync_AnswerToAnOfferIsLost_IsFoundByItsMark(FaultAction fault)
    {
        var blueprint = await UnsoldBlueprintAsync();
        var receipt = await Changes.OfferAsync(
            Account, new NewItem { BlueprintId = blueprint, Quantity = 3, PriceCents = 500, UserDataField = "shelf 3" });
        Marketplace.Faults.Add(new FaultRule { Endpoint = "POST /products/bulk_create", Action = fault, Times = 1 });

        await SettleChangesAsync();

        var item = await ItemOfRowAsync(receipt.ItemId);
        Seller.FindProduct(item.ProductId.ShouldNotBeNull().Value)!.UserDataField.ShouldBe("shelf 3");
        Seller.ProductsOf(blueprint.Value).Sum(there => there.Quantity).ShouldBe(3);
        await ShouldEqualMarketplaceAsync();
    }

    [Theory]
    [InlineData("POST /products/bulk_update")]
    [InlineData("GET /jobs/:uuid")]
    public async Task RunAsync_AnswerToABatchIsLost_EndsWithItsValues(string endpoint)
    {
        var items = (await ItemsAsync(Account)).Values.Where(item => item.Quantity > 0).Take(4).ToArray();
        foreach (var item in items)
        {
            await EditAsync(item, new ItemEdit { ItemId = item.Id, PriceCents = 9_000 });
        }

        Marketplace.Faults.Add(new FaultRule { Endpoint = endpoint, Action = FaultAction.LostAnswer, Times = 5 });
        await SettleChangesAsync();

        items.ShouldAllBe(item => Seller.FindProduct(item.ProductId!.Value.Value)!.PriceCents == 9_000);
        (await Changes.ListAsync(Account, new ChangeQuery())).ShouldAllBe(change => change.Status == StockChangeStatus.Done);
    }

    [Fact]
    public async Task RunAsync_BatchRefusedAsAWhole_SendsEachAlone()
    {
        var items = (await ItemsAsync(Account)).Values.Where(item => item.Quantity > 0).Take(3).ToArray();
        foreach (var item in items)
        {
            await EditAsync(item, new ItemEdit { ItemId = item.Id, PriceCents = 9_000 });
        }

        Marketplace.Faults.Add(
            new FaultRule { Endpoint = "POST /products/bulk_update", Action = FaultAction.Status, Status = 422, Times = 1 });
        await SettleChangesAsync();

        Writes().Count.ShouldBe(4);
        items.ShouldAllBe(item => Seller.FindProduct(item.ProductId!.Value.Value)!.PriceCents == 9_000);
    }

    [Fact]
    public async Task RunAsync_NothingChangedHere_SendsNothing()
    {
        var product = await StockedAsync(5);
        Seller.SetQuantity(product, 2);
        Seller.Reprice(product, 1_111);
        await SyncAsync();

        await SettleChangesAsync();

        Writes().ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_SnapshotWhileAnEditWaits_KeepsTheEdit()
    {
        var product = await StockedAsync(5);
        var item = await ItemAsync(product);
        await EditAsync(item, new ItemEdit { ItemId = item.Id, QuantityDelta = -2, PriceCents = 777, Description = "here" });
        Seller.Reprice(product, 1_111);

        await SyncAsync();
        var held = await ItemAsync(product);
        await SettleChangesAsync();

        (held.Quantity, held.Price!.Value.Cents, held.Description).ShouldBe((3, 777, "here"));
        var there = Seller.FindProduct(product)!;
        (there.Quantity, there.PriceCents, there.Description).ShouldBe((3, 777, "here"));
    }

    [Fact]
    public async Task SetWritesEnabledAsync_Off_HoldsChangesUntilItIsOnAgain()
    {
        var product = await StockedAsync(5);
        await Store.AccountService.SetWritesEnabledAsync(Account, false);
        var sale = await Changes.SellAsync(Account, (await ItemAsync(product)).Id, 2, "order 1");

        await PushAsync();

        Writes().ShouldBeEmpty();
        (await ChangeAsync(sale.Changes.Single())).Status.ShouldBe(StockChangeStatus.Waiting);
        (await Store.Work.FindAsync(Account)).ShouldNotBeNull().HasChanges.ShouldBeFalse();

        (await Store.AccountService.SetWritesEnabledAsync(Account, true)).WritesEnabled.ShouldBeTrue();
        await PushAsync();

        Seller.FindProduct(product)!.Quantity.ShouldBe(3);
    }

    [Fact]
    public async Task RemoveAsync_ChangesWait_SaysInTheirHistoryThatTheyWereDiscarded()
    {
        var product = await StockedAsync(5);
        var sale = await Changes.SellAsync(Account, (await ItemAsync(product)).Id, 2, "order 1");

        await Store.AccountService.RemoveAsync(Account);

        var change = await ChangeAsync(sale.Changes.Single());
        (change.Status, change.ErrorCode).ShouldBe((StockChangeStatus.Failed, "discarded"));
    }

    [Fact]
    public async Task ReplayAsync_ChangeThatWasRefused_IsMadeAnew()
    {
        var product = await StockedAsync(5);
        var item = await ItemAsync(product);
        await EditAsync(item, new ItemEdit { ItemId = item.Id, PriceCents = 4_321 });
        Marketplace.Faults.Add(
            new FaultRule { Endpoint = "POST /products/bulk_update", Action = FaultAction.Status, Status = 422, Times = 1 });
        await SettleChangesAsync();
        var letters = Host.Services.GetRequiredService<IDeadLetters>();
        var letter = (await letters.ListAsync(Account)).Items.ShouldHaveSingleItem();
        (letter.Source, letter.Kind, letter.ItemId).ShouldBe((DeadLetterSources.Changes, DeadLetterKinds.Update, item.Id));

        await SyncAsync();
        await letters.ReplayAsync(Account, letter.Id);
        await SettleChangesAsync();

        Seller.FindProduct(product)!.PriceCents.ShouldBe(4_321);
        (await ItemAsync(product)).Price!.Value.Cents.ShouldBe(4_321);
        (await letters.CountOpenAsync(Account)).ShouldBe(0);
    }

    [Fact]
    public async Task ReplayAsync_ChangeThatWasMadeAnewMeanwhile_DoesNotSendTheOldValue()
    {
        var product = await StockedAsync(5);
        var item = await ItemAsync(product);
        await EditAsync(item, new ItemEdit { ItemId = item.Id, PriceCents = 4_321 });
        Marketplace.Faults.Add(
            new FaultRule { Endpoint = "POST /products/bulk_update", Action = FaultAction.Status, Status = 422, Times = 1 });
        await SettleChangesAsync();
        var letters = Host.Services.GetRequiredService<IDeadLetters>();
        var letter = (await letters.ListAsync(Account)).Items.ShouldHaveSingleItem();
        letter.SupersededBy.ShouldBeNull();

        await EditAsync(await ItemAsync(product), new ItemEdit { ItemId = item.Id, Description = "signed" });
        (await letters.FindAsync(Account, letter.Id))!.SupersededBy.ShouldBeNull("another field");
        var later = await EditAsync(await ItemAsync(product), new ItemEdit { ItemId = item.Id, PriceCents = 5_000 });
        var queued = await letters.FindAsync(Account, letter.Id);
        await SettleChangesAsync();

        queued!.SupersededBy.ShouldBe(later.Changes.Single().ToString());
        (await Should.ThrowAsync<DeadLetterSupersededException>(() => letters.ReplayAsync(Account, letter.Id)))
            .SupersededBy.ShouldNotBeNull("it may have gone out within another change");
        var all = await letters.ReplayAllAsync(Account, new DeadLetterQuery());
        await SettleChangesAsync();

        (all.Superseded, all.Settled).ShouldBe((1, 0));
        Seller.FindProduct(product)!.PriceCents.ShouldBe(5_000);
    }

    [Fact]
    public async Task DiscardAsync_SaleOfAProductThatIsGone_LeavesTheStockAsItIs()
    {
        var product = await StockedAsync(5);
        await Changes.SellAsync(Account, (await ItemAsync(product)).Id, 2, "order 1");
        Seller.RemoveProduct(product);
        await SettleChangesAsync();
        var letters = Host.Services.GetRequiredService<IDeadLetters>();
        var letter = (await letters.ListAsync(Account)).Items.ShouldHaveSingleItem();
        letter.ErrorCode.ShouldBe("not_found");

        await letters.DiscardAsync(Account, letter.Id, "sold there too");
        await SettleChangesAsync();
        await SettleAsync();

        (await letters.CountOpenAsync(Account)).ShouldBe(0);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task RunAsync_TwoProcessesAtOnce_SendEachChangeOnce()
    {
        var product = await StockedAsync(9);
        var item = await ItemAsync(product);
        for (var i = 0; i < 3; i++)
        {
            await Changes.SellAsync(Account, item.Id, 1, $"order {i}");
        }

        var other = StartHost().Services.GetRequiredService<IPush>();
        await DriveAsync(Task.WhenAll(Push.RunAsync(Account), other.RunAsync(Account)));
        await SettleChangesAsync();

        Seller.FindProduct(product)!.Quantity.ShouldBe(6);
    }

    private Task<ChangeReceipt> EditAsync(InventoryItem item, ItemEdit edit) => Changes.EditAsync(Account, edit with { ItemId = item.Id });
}
