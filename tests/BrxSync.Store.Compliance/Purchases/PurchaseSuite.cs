using BrxSync.Simulator.Faults;
using BrxSync.Store.Compliance.Changes;
using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Purchases;

/// <summary>
/// Purchases through the own channel: each ends in one of the ways that the contract knows, and the stock is right after it.
/// </summary>
public abstract class PurchaseSuite : ChangeSuite
{
    private const string Increment = "POST /products/:id/increment";
    private const string Export = "GET /products/export";

    protected PurchaseSuite() => Also = brx => brx.ConfigurePurchases(options => options.Deadline = TimeSpan.FromMinutes(1));

    [Fact]
    public async Task PurchaseAsync_CopiesAreThere_SellsThemOnBothSides()
    {
        var (product, item) = await ItemWithAsync(5);

        var result = await BuyAsync(item.Id, 2, "cart 1");

        (result.Outcome, result.CopiesSold, result.QuantityBefore, result.QuantityAfter, result.Error)
            .ShouldBe((PurchaseOutcome.Sold, 2, 5, 3, null));
        (Seller.FindProduct(product)!.Quantity, await HeldAsync(product)).ShouldBe((3, 3));
        var change = await ChangeAsync(result.ChangeId!.Value);
        (change.Status, change.Call, change.Reference).ShouldBe((StockChangeStatus.Done, "purchase", "cart 1"));
        change.History.Select(milestone => milestone.Status)
            .ShouldBe([StockChangeStatus.Reserved, StockChangeStatus.Sent, StockChangeStatus.Done]);
        (await CausesAsync(product)).ShouldContain(JournalCauses.PurchaseReserve);
        Writes().ShouldBe([$"POST /products/{product}/increment"]);
        Marketplace.Calls.All().Where(call => call.Method == "GET").ShouldHaveSingleItem().Path
            .ShouldBe($"/products/export?blueprint_id={item.BlueprintId}");
        await SettleChangesAsync();
        Writes().Count.ShouldBe(1);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task PurchaseAsync_LastCopies_AreSoldOut()
    {
        var (product, item) = await ItemWithAsync(3);

        (await BuyAsync(item.Id, 3, "cart 1")).Outcome.ShouldBe(PurchaseOutcome.Sold);

        Seller.FindProduct(product).ShouldBeNull();
        (await HeldAsync(product)).ShouldBe(0);
        (await BuyAsync(item.Id, 1, "cart 2")).Outcome.ShouldBe(PurchaseOutcome.NotEnough);
    }

    [Fact]
    public async Task PurchaseAsync_TooFewHere_AsksNobody()
    {
        var (product, item) = await ItemWithAsync(2);

        var result = await BuyAsync(item.Id, 3, "cart 1");

        (result.Outcome, result.CopiesSold, result.QuantityBefore, result.QuantityAfter, result.ChangeId)
            .ShouldBe((PurchaseOutcome.NotEnough, 0, 2, 2, null));
        Marketplace.Calls.All().ShouldBeEmpty();
        (await HeldAsync(product)).ShouldBe(2);
    }

    [Fact]
    public async Task PurchaseAsync_TooFewThere_TakesOverWhatIsThere()
    {
        var (product, item) = await ItemWithAsync(5);
        Seller.SetQuantity(product, 1);

        var result = await BuyAsync(item.Id, 2, "cart 1");

        (result.Outcome, result.CopiesSold, result.QuantityBefore, result.QuantityAfter)
            .ShouldBe((PurchaseOutcome.NotEnoughAtCardTrader, 0, 5, 1));
        (Seller.FindProduct(product)!.Quantity, await HeldAsync(product)).ShouldBe((1, 1));
        Writes().ShouldBeEmpty();
        var causes = await CausesAsync(product);
        causes.ShouldContain(JournalCauses.PurchaseRelease);
        causes.ShouldNotContain(JournalCauses.Oversell);
        (await ChangeAsync(result.ChangeId!.Value)).Status.ShouldBe(StockChangeStatus.Superseded);
        (await BuyAsync(item.Id, 1, "cart 2")).Outcome.ShouldBe(PurchaseOutcome.Sold);
    }

    [Fact]
    public async Task PurchaseAsync_SaleThatWaits_ComesFirst()
    {
        var (product, item) = await ItemWithAsync(3);
        Seller.SetQuantity(product, 2);
        await Changes.SellAsync(Account, item.Id, 1, "order 1");

        var result = await BuyAsync(item.Id, 2, "cart 1");

        result.Outcome.ShouldBe(PurchaseOutcome.NotEnoughAtCardTrader);
        await SettleChangesAsync();
        Seller.FindProduct(product)!.Quantity.ShouldBe(1);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task PurchaseAsync_ProductIsGone_IsSoldOutHereToo()
    {
        var (product, item) = await ItemWithAsync(5);
        Seller.RemoveProduct(product);

        var result = await BuyAsync(item.Id, 2, "cart 1");

        (result.Outcome, result.CopiesSold, result.QuantityAfter).ShouldBe((PurchaseOutcome.Gone, 0, 0));
        (await HeldAsync(product)).ShouldBe(0);
    }

    [Fact]
    public async Task PurchaseAsync_LastCopyIsBoughtThereAfterTheRead_IsNotSoldTwice()
    {
        var (product, item) = await ItemWithAsync(1);
        Interleaving.AfterRead = () =>
        {
            Marketplace.Orders.Place(Seller, product, 1).ShouldNotBeNull();
            Interleaving.Clear();
            return Task.CompletedTask;
        };

        var result = await BuyAsync(item.Id, 1, "cart 1");

        (result.Outcome, result.QuantityAfter).ShouldBe((PurchaseOutcome.Gone, 0));
        await SendWebhooksAsync();
        await SettleChangesAsync();
        (await HeldAsync(product)).ShouldBe(0);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task PurchaseAsync_TwoBuyersOfTheLastCopy_OneGetsIt()
    {
        var (product, item) = await ItemWithAsync(1);
        var other = StartHost().Services.GetRequiredService<IPurchases>();

        var results = await Task.WhenAll(BuyAsync(item.Id, 1, "cart 1"), other.PurchaseAsync(Account, item.Id, 1, "cart 2"));

        results.Select(result => result.Outcome).Order().ShouldBe([PurchaseOutcome.Sold, PurchaseOutcome.NotEnough]);
        Seller.FindProduct(product).ShouldBeNull();
    }

    [Fact]
    public async Task PurchaseAsync_ItemWithoutProduct_ChangesNothing()
    {
        await Store.AccountService.SetWritesEnabledAsync(Account, false);
        var receipt = await Changes.OfferAsync(
            Account,
            new NewItem
            {
                BlueprintId = (await ItemsAsync(Account)).Values.First().BlueprintId, Quantity = 3, PriceCents = 500, Description = "other",
            });

        var result = await BuyAsync(receipt.ItemId, 1, "cart 1");

        (result.Outcome, result.ProductId, result.QuantityBefore, result.QuantityAfter, result.ChangeId)
            .ShouldBe((PurchaseOutcome.NotLinked, null, 3, 3, null));
    }

    [Fact]
    public async Task PurchaseAsync_ChangesAreHeldBack_IsUnavailable()
    {
        var (product, item) = await ItemWithAsync(5);
        await Store.AccountService.SetWritesEnabledAsync(Account, false);

        var result = await BuyAsync(item.Id, 2, "cart 1");

        (result.Outcome, result.Hindrance).ShouldBe((PurchaseOutcome.Unavailable, PurchaseHindrance.WritesHeld));
        (await HeldAsync(product)).ShouldBe(5);
    }

    [Fact]
    public async Task PurchaseAsync_WhatCannotBe_IsRefused()
    {
        var (_, item) = await ItemWithAsync(5);
        await Changes.SellAsync(Account, item.Id, 1, "order 1");
        await BuyAsync(item.Id, 1, "cart 1");

        (await ReasonAsync(987_654_321, 1, "cart 2")).ShouldBe(ChangeFaultReason.UnknownItem);
        (await ReasonAsync(item.Id, 0, "cart 2")).ShouldBe(ChangeFaultReason.OutOfRange);
        (await ReasonAsync(item.Id, 1, "order 1")).ShouldBe(ChangeFaultReason.Contradiction);
        (await ReasonAsync(item.Id, 2, "cart 1")).ShouldBe(ChangeFaultReason.Contradiction);
        await Should.ThrowAsync<ArgumentException>(() => BuyAsync(item.Id, 1, " "));
        await Should.ThrowAsync<AccountUnknownException>(
            () => Purchases.PurchaseAsync(AccountId.Create(), item.Id, 1, "cart 2"));
        await Store.AccountService.RemoveAsync(Account);
        await Should.ThrowAsync<AccountNotConnectedException>(() => BuyAsync(item.Id, 1, "cart 2"));
    }

    [Theory]
    [InlineData(Export, FaultAction.Status, 429, PurchaseHindrance.RateLimited)]
    [InlineData(Export, FaultAction.Status, 500, PurchaseHindrance.UpstreamError)]
    [InlineData(Export, FaultAction.Html, 200, PurchaseHindrance.UpstreamError)]
    [InlineData(Export, FaultAction.CutBody, 200, PurchaseHindrance.UpstreamError)]
    [InlineData(Increment, FaultAction.Status, 422, PurchaseHindrance.UpstreamError)]
    [InlineData(Increment, FaultAction.Status, 429, PurchaseHindrance.RateLimited)]
    public async Task PurchaseAsync_NothingWasSent_GivesTheCopiesBack(
        string endpoint, FaultAction fault, int status, PurchaseHindrance hindrance)
    {
        var (product, item) = await ItemWithAsync(5);
        Marketplace.Faults.Add(new FaultRule { Endpoint = endpoint, Action = fault, Status = status, AtByte = 5 });

        var result = await DriveAsync(BuyAsync(item.Id, 2, "cart 1"));

        (result.Outcome, result.Hindrance, result.CopiesSold).ShouldBe((PurchaseOutcome.Unavailable, hindrance, 0));
        result.Error.ShouldNotBeNull();
        Marketplace.Faults.Clear();
        (await HeldAsync(product)).ShouldBe(5);
        var repeated = await BuyAsync(item.Id, 2, "cart 1");
        (repeated.Outcome, repeated.Hindrance, repeated.IsRepeated).ShouldBe((PurchaseOutcome.Unavailable, hindrance, true));
        await SettleChangesAsync();
        Seller.FindProduct(product)!.Quantity.ShouldBe(5);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task PurchaseAsync_AnotherChangeIsInDoubt_IsGivenUpInTime()
    {
        var (product, item) = await ItemWithAsync(5);
        await Changes.SellAsync(Account, item.Id, 1, "order 1");
        Marketplace.Faults.Add(new FaultRule { Endpoint = Increment, Action = FaultAction.LostAnswer, Times = 1 });
        Marketplace.Faults.Add(new FaultRule { Endpoint = Export, Action = FaultAction.Status, Status = 500 });
        await PushAsync();
        Marketplace.Faults.Clear();

        var result = await DriveAsync(BuyAsync(item.Id, 2, "cart 1"));

        (result.Outcome, result.Hindrance).ShouldBe((PurchaseOutcome.Unavailable, PurchaseHindrance.Deadline));
        await SettleChangesAsync();
        await SettleAsync();
        Seller.FindProduct(product)!.Quantity.ShouldBe(4);
        await ShouldEqualMarketplaceAsync();
        (await BuyAsync(item.Id, 2, "cart 2")).Outcome.ShouldBe(PurchaseOutcome.Sold);
    }

    [Theory]
    [InlineData(FaultAction.LostAnswer, PurchaseOutcome.Sold, 3)]
    [InlineData(FaultAction.CutBody, PurchaseOutcome.Sold, 3)]
    [InlineData(FaultAction.Reset, PurchaseOutcome.Unavailable, 5)]
    [InlineData(FaultAction.Status, PurchaseOutcome.Unavailable, 5)]
    public async Task PurchaseAsync_AnswerIsLost_IsDecidedByARead(FaultAction fault, PurchaseOutcome outcome, int left)
    {
        var (product, item) = await ItemWithAsync(5);
        Marketplace.Faults.Add(new FaultRule { Endpoint = Increment, Action = fault, Times = 1, AtByte = 5 });

        var result = await BuyAsync(item.Id, 2, "cart 1");
        var repeated = await BuyAsync(item.Id, 2, "cart 1");
        var held = await HeldAsync(product);
        await SettleChangesAsync();

        (result.Outcome, result.QuantityAfter, held).ShouldBe((PurchaseOutcome.Pending, 3, 3));
        (repeated.Outcome, repeated.ChangeId, repeated.IsRepeated).ShouldBe((PurchaseOutcome.Pending, result.ChangeId, true));
        (await BuyAsync(item.Id, 2, "cart 1")).Outcome.ShouldBe(outcome);
        (Seller.FindProduct(product)!.Quantity, await HeldAsync(product)).ShouldBe((left, left));
        Writes().Count.ShouldBe(1, "a purchase is never sent again");
        await ShouldEqualMarketplaceAsync();
    }

    [Theory]
    [InlineData(FaultAction.LostAnswer)]
    [InlineData(FaultAction.Reset)]
    public async Task PurchaseAsync_AnswerIsLostAndTheLastCopyWasSoldThere_IsDecidedByAPerson(FaultAction fault)
    {
        var (product, item) = await ItemWithAsync(1);
        Marketplace.Faults.Add(new FaultRule { Endpoint = Increment, Action = fault, Times = 1 });
        BeforeCall = call =>
        {
            _ = call.Method == HttpMethod.Post && Marketplace.Orders.Place(Seller, product, 1) is not null;
            return Task.CompletedTask;
        };

        var result = await BuyAsync(item.Id, 1, "cart 1");
        await SettleChangesAsync();

        result.Outcome.ShouldBe(PurchaseOutcome.Pending);
        (await BuyAsync(item.Id, 1, "cart 1")).Outcome.ShouldBe(PurchaseOutcome.Undecided, "either buyer may have been the quicker");
        (Seller.FindProduct(product)?.Quantity ?? 0, await HeldAsync(product)).ShouldBe((0, 0));
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task PurchaseAsync_Repeated_IsTheSamePurchase()
    {
        var (product, item) = await ItemWithAsync(5);

        var first = await BuyAsync(item.Id, 2, "cart 1");
        var both = await Task.WhenAll(BuyAsync(item.Id, 2, "cart 1"), BuyAsync(item.Id, 2, "cart 1"));

        both.ShouldAllBe(result => result.Outcome == PurchaseOutcome.Sold && result.IsRepeated && result.ChangeId == first.ChangeId);
        Seller.FindProduct(product)!.Quantity.ShouldBe(3);
    }

    [Fact]
    public async Task PurchaseAsync_GivenUpWhileItReads_GivesTheCopiesBack()
    {
        var (product, item) = await ItemWithAsync(5);
        using var gone = new CancellationTokenSource();
        Interleaving.BeforeRead = async () =>
        {
            (await HeldAsync(product)).ShouldBe(3);
            await gone.CancelAsync();
        };

        await Should.ThrowAsync<OperationCanceledException>(
            () => Purchases.PurchaseAsync(Account, item.Id, 2, "cart 1", null, gone.Token));

        (await HeldAsync(product)).ShouldBe(5);
        Writes().ShouldBeEmpty();
    }

    private async Task<ChangeFaultReason> ReasonAsync(long item, int copies, string reference) =>
        (await Should.ThrowAsync<ChangeRefusedException>(() => BuyAsync(item, copies, reference))).Faults.Single().Reason;

    private async Task<IReadOnlyList<string>> CausesAsync(long product)
    {
        var causes = new List<string>();
        await foreach (var entry in Store.Inventory.StreamJournalAsync(Account))
        {
            if (entry.ProductId?.Value == product)
            {
                causes.Add(entry.Cause);
            }
        }

        return causes;
    }

    private IPurchases Purchases => Host.Services.GetRequiredService<IPurchases>();

    private Task<PurchaseResult> BuyAsync(long item, int copies, string reference) =>
        Purchases.PurchaseAsync(Account, item, copies, reference);

    private async Task<(long Product, InventoryItem Item)> ItemWithAsync(int copies)
    {
        var product = ProductWith(copies);
        await SyncAsync();
        Time.Advance(TimeSpan.FromSeconds(30));
        Marketplace.Calls.Clear();
        return (product, await ItemAsync(product));
    }
}
