using BrxSync.Client;
using BrxSync.Simulator.Faults;
using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Changes;

/// <summary>
/// Copies that are held back from CardTrader: what is listed follows the safety stock, and all copies stay as many as there are.
/// </summary>
public abstract class SafetyStockSuite : ChangeSuite
{
    private const string Increment = "POST /products/:id/increment";

    private IPurchases Purchases => Host.Services.GetRequiredService<IPurchases>();

    private IAccounts Accounts => Store.AccountService;

    [Fact]
    public async Task SetSafetyStockAsync_OnAnAccount_TakesCopiesOffWhichStayInTheStock()
    {
        var product = await StockedAsync(5);

        var account = await Accounts.SetSafetyStockAsync(Account, new SafetyStock { Copies = 2 }, "ann");
        await SettleChangesAsync();

        account.SafetyStock.ShouldBe(new SafetyStock { Copies = 2 });
        (await Accounts.FindAsync(Account))!.SafetyStock.ShouldBe(new SafetyStock { Copies = 2 });
        await ShouldBeAsync(product, there: 3, heldBack: 2);
        Marketplace.Calls.All().ShouldContain(call => call.Path == $"/products/{product}/increment");
        foreach (var level in Seller.GetStock())
        {
            (await ItemAsync(level.ProductId)).Listed.ShouldBe(level.Quantity);
        }

        var line = (await Store.Inventory.ListJournalAsync(Account, new ProductId(product), 1)).Single();
        (line.Cause, line.Actor, line.Before, line.After, line.Fields)
            .ShouldBe((JournalCauses.SafetyStock, "ann", 5, 5, JournalFields.HeldBack));
        var change = (await Changes.ListAsync(Account, new ChangeQuery { ItemId = (await ItemAsync(product)).Id })).Single();
        (change.QuantityDelta, change.HeldBackDelta, change.Status, change.Actor).ShouldBe((-2, 2, StockChangeStatus.Done, "ann"));
    }

    [Fact]
    public async Task SetSafetyStockAsync_ThenFullSyncs_ChangeNothing()
    {
        var product = await StockedAsync(5);
        await Accounts.SetSafetyStockAsync(Account, new SafetyStock { Copies = 2 });
        await SettleChangesAsync();
        var position = await Store.Inventory.GetJournalPositionAsync(Account);
        var summary = await Store.Inventory.SummarizeAsync(Account);
        Marketplace.Calls.Clear();

        for (var i = 0; i < 3; i++)
        {
            Time.Advance(TimeSpan.FromMinutes(20));
            (await SyncHereAsync()).Succeeded.ShouldBeTrue();
            await SettleChangesAsync();
        }

        Writes().ShouldBeEmpty();
        (await Store.Inventory.GetJournalPositionAsync(Account)).ShouldBe(position);
        (await Store.Inventory.SummarizeAsync(Account)).ShouldBe(summary);
        await ShouldBeAsync(product, there: 3, heldBack: 2);
    }

    [Fact]
    public async Task SetSafetyStockAsync_RaisedAndLowered_MovesTheDifference()
    {
        var product = await StockedAsync(5);
        await Accounts.SetSafetyStockAsync(Account, new SafetyStock { Copies = 1 });
        await SettleChangesAsync();
        await ShouldBeAsync(product, there: 4, heldBack: 1);

        await Accounts.SetSafetyStockAsync(Account, new SafetyStock { Copies = 4 });
        await SettleChangesAsync();
        await ShouldBeAsync(product, there: 1, heldBack: 4);

        await Accounts.SetSafetyStockAsync(Account, SafetyStock.None);
        await SettleChangesAsync();
        await ShouldBeAsync(product, there: 5, heldBack: 0);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task SetSafetyStockAsync_AboveTheStock_KeepsTheItemWithoutAProduct_UntilItIsLowered()
    {
        var product = await StockedAsync(2);
        var item = await ItemAsync(product);
        await Accounts.SetSafetyStockAsync(Account, new SafetyStock { Copies = 3 });
        await SettleChangesAsync();
        Seller.FindProduct(product).ShouldBeNull();

        for (var i = 0; i < 3; i++)
        {
            Time.Advance(TimeSpan.FromMinutes(20));
            (await SyncHereAsync()).Status.ShouldBe(OperationStatus.Completed);
        }

        var held = await ItemOfRowAsync(item.Id);
        (held.Quantity, held.HeldBack, held.Listed, held.Status, held.MissingCount).ShouldBe((2, 2, 0, ItemStatus.SoldOut, 0));
        await Accounts.SetSafetyStockAsync(Account, new SafetyStock { Copies = 1 });
        await SettleChangesAsync();

        var listed = await ItemOfRowAsync(item.Id);
        (listed.Quantity, listed.HeldBack).ShouldBe((2, 1));
        listed.ProductId.ShouldNotBe(item.ProductId);
        Seller.FindProduct(listed.ProductId!.Value.Value)!.Quantity.ShouldBe(1);
    }

    [Fact]
    public async Task SetSafetyStockAsync_AsAShare_IsRoundedUp_AndFollowsTheStock()
    {
        var product = await StockedAsync(10);
        await Accounts.SetSafetyStockAsync(Account, new SafetyStock { Percent = 25 });
        await SettleChangesAsync();
        await ShouldBeAsync(product, there: 7, heldBack: 3);

        Marketplace.Orders.Place(Seller, product, 6).ShouldNotBeNull();
        await SendWebhooksAsync();
        await SettleAsync();
        await SettleChangesAsync();

        // Of 4 copies, one is held back.
        await ShouldBeAsync(product, there: 3, heldBack: 1);
    }

    [Fact]
    public async Task SetSafetyStockAsync_OutOfRange_IsRefused()
    {
        foreach (var wrong in new[]
        {
            new SafetyStock { Copies = -1 }, new SafetyStock { Percent = 101 }, new SafetyStock { Copies = SafetyStock.MostCopies + 1 },
        })
        {
            await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Accounts.SetSafetyStockAsync(Account, wrong));
        }

        var unknown = new AccountId(Guid.NewGuid());
        await Should.ThrowAsync<AccountUnknownException>(() => Accounts.SetSafetyStockAsync(unknown, SafetyStock.None));
    }

    [Fact]
    public async Task EditAsync_SafetyStockOfAnItem_GoesBeforeThatOfTheAccount()
    {
        var product = await StockedAsync(5);
        var item = await ItemAsync(product);
        await Accounts.SetSafetyStockAsync(Account, new SafetyStock { Copies = 1 });
        await SettleChangesAsync();
        item = await ItemAsync(product);

        var receipt = await Changes.EditAsync(
            Account,
            new ItemEdit { ItemId = item.Id, ExpectedVersion = item.RowVersion, SafetyStock = new SafetyStock { Copies = 3 } },
            new ChangeContext { Actor = "ann", Reference = "buffer 1" });

        (receipt.QuantityBefore, receipt.Quantity, receipt.IsQueued).ShouldBe((5, 5, true));
        var edited = await ItemAsync(product);
        (edited.SafetyStock, edited.RowVersion).ShouldBe((new SafetyStock { Copies = 3 }, receipt.RowVersion));
        await SettleChangesAsync();
        await ShouldBeAsync(product, there: 2, heldBack: 3);
        var line = (await Store.Inventory.ListJournalAsync(Account, new ProductId(product), 1)).Single();
        (line.Cause, line.Actor, line.Fields).ShouldBe((JournalCauses.Edit, "ann", JournalFields.HeldBack));

        await Accounts.SetSafetyStockAsync(Account, SafetyStock.None);
        await SettleChangesAsync();
        await ShouldBeAsync(product, there: 2, heldBack: 3);

        var again = new ItemEdit { ItemId = item.Id, SafetyStock = new SafetyStock { Copies = 3 } };
        (await Changes.EditAsync(Account, again)).Changes.ShouldBeEmpty();
        await Changes.EditAsync(Account, new ItemEdit { ItemId = item.Id, UsesSafetyStockOfAccount = true });
        await SettleChangesAsync();
        await ShouldBeAsync(product, there: 5, heldBack: 0);
        (await ItemAsync(product)).SafetyStock.ShouldBeNull();
    }

    [Fact]
    public async Task EditAsync_SafetyStockThatCannotBe_IsRefused()
    {
        var item = await ItemAsync(await StockedAsync(5));

        (await RefusedAsync(new ItemEdit { ItemId = item.Id, SafetyStock = new SafetyStock { Percent = -1 } }))
            .ShouldBe(ChangeFaultReason.OutOfRange);
        (await RefusedAsync(new ItemEdit { ItemId = item.Id, SafetyStock = SafetyStock.None, UsesSafetyStockOfAccount = true }))
            .ShouldBe(ChangeFaultReason.Contradiction);
        (await RefusedAsync(new ItemEdit { ItemId = item.Id, SafetyStock = SafetyStock.None, ExpectedVersion = item.RowVersion - 1 }))
            .ShouldBe(ChangeFaultReason.StaleVersion);
    }

    [Fact]
    public async Task Delivery_SaleThere_LeavesWhatIsHeldBack()
    {
        var product = await HeldAsync(copies: 5, safetyStock: 2);

        Marketplace.Orders.Place(Seller, product, 3).ShouldNotBeNull();
        await SendWebhooksAsync();
        await SettleAsync();
        await SettleChangesAsync();

        var item = await ItemAsync(product);
        (item.Quantity, item.HeldBack).ShouldBe((2, 2));
        Seller.FindProduct(product).ShouldBeNull();
    }

    [Fact]
    public async Task SellAsync_SaleHere_LeavesFewerListed_AndThenTakesThoseHeldBack()
    {
        var product = await HeldAsync(copies: 5, safetyStock: 2);
        var item = await ItemAsync(product);

        var receipt = await Changes.SellAsync(Account, item.Id, 1, "order 1");
        await SettleChangesAsync();

        (receipt.QuantityBefore, receipt.Quantity).ShouldBe((5, 4));
        await ShouldBeAsync(product, there: 2, heldBack: 2);
        await Changes.SellAsync(Account, item.Id, 3, "order 2");
        await SettleChangesAsync();
        var left = await ItemAsync(product);
        (left.Quantity, left.HeldBack).ShouldBe((1, 1));
        Marketplace.Calls.Clear();

        var last = await Changes.SellAsync(Account, item.Id, 1, "order 3");
        await SettleChangesAsync();

        (last.Quantity, last.IsQueued).ShouldBe((0, false));
        Writes().ShouldBeEmpty();
    }

    [Fact]
    public async Task EditAsync_MoreCopies_ListsWhatTheSafetyStockLeaves()
    {
        var product = await HeldAsync(copies: 1, safetyStock: 2);
        var item = await ItemAsync(product);
        (item.Quantity, item.HeldBack).ShouldBe((1, 1));

        await Changes.EditAsync(Account, new ItemEdit { ItemId = item.Id, Quantity = 6 });
        await SettleChangesAsync();

        var more = await ItemOfRowAsync(item.Id);
        (more.Quantity, more.HeldBack).ShouldBe((6, 2));
        Seller.FindProduct(more.ProductId!.Value.Value)!.Quantity.ShouldBe(4);
    }

    [Fact]
    public async Task OfferAsync_NewItem_HoldsItsSafetyStockBack()
    {
        await Accounts.SetSafetyStockAsync(Account, new SafetyStock { Copies = 2 });
        var blueprint = await UnsoldBlueprintAsync();

        var receipt = await Changes.OfferAsync(Account, new NewItem { BlueprintId = blueprint, Quantity = 5, PriceCents = 100 });
        await SettleChangesAsync();

        receipt.Quantity.ShouldBe(5);
        var item = await ItemOfRowAsync(receipt.ItemId);
        (item.Quantity, item.HeldBack).ShouldBe((5, 2));
        Seller.FindProduct(item.ProductId!.Value.Value)!.Quantity.ShouldBe(3);
    }

    [Fact]
    public async Task OfferAsync_NewItemBelowTheSafetyStock_IsPutOnSaleWithMore()
    {
        await Accounts.SetSafetyStockAsync(Account, new SafetyStock { Copies = 2 });
        var blueprint = await UnsoldBlueprintAsync();
        Marketplace.Calls.Clear();

        var receipt = await Changes.OfferAsync(Account, new NewItem { BlueprintId = blueprint, Quantity = 1, PriceCents = 100 });
        await PushAsync();
        (receipt.IsQueued, receipt.Quantity).ShouldBe((false, 1));
        await Changes.EditAsync(Account, new ItemEdit { ItemId = receipt.ItemId, QuantityDelta = 3 });
        await SettleChangesAsync();

        var item = await ItemOfRowAsync(receipt.ItemId);
        (item.Quantity, item.HeldBack).ShouldBe((4, 2));
        Seller.FindProduct(item.ProductId!.Value.Value)!.Quantity.ShouldBe(2);
    }

    [Fact]
    public async Task RunAsync_FirstLoadOfAProduct_HoldsItsSafetyStockBack()
    {
        await Accounts.SetSafetyStockAsync(Account, new SafetyStock { Copies = 1 });
        await SettleChangesAsync();
        var added = Seller.AddProduct((await UnsoldBlueprintAsync()).Value, 5, 100).Id;

        (await SyncHereAsync()).Succeeded.ShouldBeTrue();
        (await ItemAsync(added)).Quantity.ShouldBe(5);
        await SettleChangesAsync();

        await ShouldBeAsync(added, there: 4, heldBack: 1);
    }

    [Fact]
    public async Task RunAsync_CopiesWereAddedThere_AreCountedOnce()
    {
        var product = await HeldAsync(copies: 5, safetyStock: 2);
        Seller.SetQuantity(product, 6);

        (await SyncHereAsync()).Succeeded.ShouldBeTrue();
        await SettleChangesAsync();

        await ShouldBeAsync(product, there: 6, heldBack: 2);
    }

    [Fact]
    public async Task RunAsync_WritesAreOff_MovesWaitUntilTheyAreOn()
    {
        var product = await StockedAsync(5);
        await Accounts.SetWritesEnabledAsync(Account, false);

        await Accounts.SetSafetyStockAsync(Account, new SafetyStock { Copies = 2 });
        await PushAsync();
        Time.Advance(TimeSpan.FromMinutes(5));
        (await SyncHereAsync()).Succeeded.ShouldBeTrue();

        Seller.FindProduct(product)!.Quantity.ShouldBe(5);
        var item = await ItemAsync(product);
        (item.Quantity, item.HeldBack).ShouldBe((5, 2));
        await Accounts.SetWritesEnabledAsync(Account, true);
        await SettleChangesAsync();
        await ShouldBeAsync(product, there: 3, heldBack: 2);
    }

    [Fact]
    public async Task RunAsync_AnswerOfAMoveIsLost_IsMovedOnce()
    {
        var product = await StockedAsync(5);
        Fail(Increment, FaultAction.LostAnswer);
        var item = await ItemAsync(product);
        await Changes.EditAsync(Account, new ItemEdit { ItemId = item.Id, SafetyStock = new SafetyStock { Copies = 2 } });

        await SettleChangesAsync();

        await ShouldBeAsync(product, there: 3, heldBack: 2);
    }

    [Fact]
    public async Task RunAsync_MoveIsRefused_KeepsTheCopiesListed_AndIsNotTriedForEver()
    {
        var product = await StockedAsync(5);
        var item = await ItemAsync(product);
        Fail(Increment, FaultAction.Status, times: 100, status: 422);
        await Changes.EditAsync(Account, new ItemEdit { ItemId = item.Id, SafetyStock = new SafetyStock { Copies = 2 } });

        await SettleChangesAsync();
        await SettleAsync();

        await ShouldBeAsync(product, there: 5, heldBack: 0);
        Writes().Count.ShouldBe(1);
        Marketplace.Faults.Clear();
        await Changes.EditAsync(Account, new ItemEdit { ItemId = item.Id, SafetyStock = new SafetyStock { Copies = 3 } });
        await SettleChangesAsync();
        await ShouldBeAsync(product, there: 2, heldBack: 3);
    }

    [Fact]
    public async Task RunAsync_CopiesWereSoldBeforeTheMoveArrived_AreHeldBackNoMore()
    {
        var product = await StockedAsync(5);
        var item = await ItemAsync(product);
        await Changes.EditAsync(Account, new ItemEdit { ItemId = item.Id, SafetyStock = new SafetyStock { Copies = 3 } });
        Marketplace.Orders.Place(Seller, product, 4).ShouldNotBeNull();

        await PushAsync();
        await SendWebhooksAsync();
        await SettleAsync();
        await SettleChangesAsync();

        var left = await ItemAsync(product);
        (left.Quantity, left.HeldBack).ShouldBe((1, 1));
        Seller.FindProduct(product).ShouldBeNull();
    }

    [Fact]
    public async Task PurchaseAsync_CopiesAreHeldBack_AreSoldWithoutAskingCardTrader()
    {
        var product = await HeldAsync(copies: 2, safetyStock: 3);
        var item = await ItemAsync(product);
        (item.Quantity, item.HeldBack).ShouldBe((2, 2));
        await Accounts.SetWritesEnabledAsync(Account, false);
        Marketplace.Calls.Clear();

        var result = await Purchases.PurchaseAsync(Account, item.Id, 1, "cart 1");
        var again = await Purchases.PurchaseAsync(Account, item.Id, 1, "cart 1");

        (result.Outcome, result.QuantityBefore, result.QuantityAfter).ShouldBe((PurchaseOutcome.Sold, 2, 1));
        (again.Outcome, again.IsRepeated, again.ChangeId).ShouldBe((PurchaseOutcome.Sold, true, result.ChangeId));
        Marketplace.Calls.All().ShouldBeEmpty();
        var left = await ItemAsync(product);
        (left.Quantity, left.HeldBack).ShouldBe((1, 1));
    }

    [Fact]
    public async Task PurchaseAsync_SomeAreListed_ListedOnesFollow()
    {
        var product = await HeldAsync(copies: 5, safetyStock: 2);
        var item = await ItemAsync(product);

        (await Purchases.PurchaseAsync(Account, item.Id, 1, "cart 1")).Outcome.ShouldBe(PurchaseOutcome.Sold);
        Writes().ShouldBeEmpty();
        await SettleChangesAsync();
        await ShouldBeAsync(product, there: 2, heldBack: 2);

        var result = await DriveAsync(Purchases.PurchaseAsync(Account, item.Id, 3, "cart 2"));
        (result.Outcome, result.CopiesSold, result.QuantityBefore, result.QuantityAfter).ShouldBe((PurchaseOutcome.Sold, 3, 4, 1));
        await SettleChangesAsync();
        var left = await ItemAsync(product);
        (left.Quantity, left.HeldBack).ShouldBe((1, 1));
        Seller.FindProduct(product).ShouldBeNull();
    }

    [Fact]
    public async Task PurchaseAsync_RestIsNotThere_GivesAllBack()
    {
        var product = await HeldAsync(copies: 5, safetyStock: 2);
        var item = await ItemAsync(product);
        Seller.SetQuantity(product, 1);

        var result = await DriveAsync(Purchases.PurchaseAsync(Account, item.Id, 4, "cart 1"));

        (result.Outcome, result.QuantityAfter).ShouldBe((PurchaseOutcome.NotEnoughAtCardTrader, 3));
        await SettleChangesAsync();
        await ShouldBeAsync(product, there: 1, heldBack: 2);
    }

    [Fact]
    public async Task RemoveAsync_WithMovesThatWait_GoesOnWhenItIsConnectedAgain()
    {
        var product = await StockedAsync(5);
        await Accounts.SetWritesEnabledAsync(Account, false);
        await Accounts.SetSafetyStockAsync(Account, new SafetyStock { Copies = 2 });
        await PushAsync();

        await Accounts.RemoveAsync(Account);
        await Accounts.ConnectAsync(Account, Seller.Token);
        await Accounts.SetWritesEnabledAsync(Account, true);
        (await SyncHereAsync()).Succeeded.ShouldBeTrue();
        await SettleChangesAsync();

        await ShouldBeAsync(product, there: 3, heldBack: 2);
    }

    /// <summary>The host that made the changes knows CardTrader's clock: it tells for certain that the export has seen them.</summary>
    private Task<SyncResult> SyncHereAsync() => Host.FullSync.RunAsync(new SyncRequest { AccountId = Account });

    private async Task<ChangeFaultReason> RefusedAsync(ItemEdit edit) =>
        (await Should.ThrowAsync<ChangeRefusedException>(() => Changes.EditAsync(Account, edit))).Faults.Single().Reason;

    /// <summary>Gives a product with a safety stock, all at rest.</summary>
    private async Task<long> HeldAsync(int copies, int safetyStock)
    {
        var product = await StockedAsync(copies);
        await Changes.EditAsync(
            Account,
            new ItemEdit { ItemId = (await ItemAsync(product)).Id, SafetyStock = new SafetyStock { Copies = safetyStock } });
        await SettleChangesAsync();
        Time.Advance(TimeSpan.FromMinutes(1));
        Marketplace.Calls.Clear();
        return product;
    }

    private async Task ShouldBeAsync(long product, int there, int heldBack)
    {
        var item = await ItemAsync(product);
        (Seller.FindProduct(product)?.Quantity, item.Listed, item.HeldBack, item.Quantity)
            .ShouldBe((there, there, heldBack, there + heldBack));
    }
}
