using BrxSync.Client;
using BrxSync.Store.Compliance.Changes;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Changes.Pushing;
using BrxSync.Sync.Purchases;
using BrxSync.Sync.Stock.Changes;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Purchases;

/// <summary>A process ends in the middle of a purchase: the next push finishes it, sold once or given back, never both.</summary>
public abstract class EndedPurchaseSuite : ChangeSuite
{
    /// <summary>Where the process ends.</summary>
    public enum Ends
    {
        AfterReserving,
        AfterTheRead,
        BeforeTheCall,
        AfterTheCall,
    }

    [Theory]
    [InlineData(Ends.AfterReserving, StockChangeStatus.Superseded, 5)]
    [InlineData(Ends.AfterTheRead, StockChangeStatus.Superseded, 5)]
    [InlineData(Ends.BeforeTheCall, StockChangeStatus.Superseded, 5)]
    [InlineData(Ends.AfterTheCall, StockChangeStatus.Done, 3)]
    public async Task RunAsync_ProcessEnded_FinishesThePurchase(Ends ends, StockChangeStatus status, int left)
    {
        var product = await StockedAsync();
        var change = await BuyHalfAsync(product, ends);

        await PushAsync();
        var early = await ChangeAsync(change);
        (await HeldAsync(product)).ShouldBe(3, "its process may still be at it");
        early.Status.ShouldBe(ends is Ends.AfterReserving or Ends.AfterTheRead ? StockChangeStatus.Reserved : StockChangeStatus.Sent);

        Time.Advance(PurchaseSteps.LeftAlone + TimeSpan.FromSeconds(1));
        (await Store.Work.FindAsync(Account))!.HasChanges.ShouldBeTrue();
        var later = Time.GetUtcNow().AddMinutes(30);
        await Store.Work.PlanAsync([new NextLook { AccountId = Account, OrdersDueAt = later, CompareDueAt = later }]);
        (await Store.ListDueAsync()).ShouldContain(work => work.AccountId == Account && work.HasChanges);
        await SettleChangesAsync();

        (await ChangeAsync(change)).Status.ShouldBe(status);
        (Seller.FindProduct(product)!.Quantity, await HeldAsync(product)).ShouldBe((left, left));
        Writes().Count.ShouldBe(ends == Ends.AfterTheCall ? 1 : 0);
        await ShouldEqualMarketplaceAsync();
    }

    [Theory]
    [InlineData(Ends.AfterReserving)]
    [InlineData(Ends.BeforeTheCall)]
    public async Task RunAsync_CopiesAreBoughtThereMeanwhile_GivesBackNoMoreThanIsLeft(Ends ends)
    {
        var product = await StockedAsync();
        await BuyHalfAsync(product, ends);
        Time.Advance(TimeSpan.FromSeconds(30));
        Marketplace.Orders.Place(Seller, product, 4).ShouldNotBeNull();
        await SendWebhooksAsync();

        Time.Advance(PurchaseSteps.LeftAlone + TimeSpan.FromSeconds(1));
        await PushAsync();
        (await HeldAsync(product)).ShouldBeLessThanOrEqualTo(1);
        await SettleChangesAsync();

        (await HeldAsync(product)).ShouldBe(1);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task RunAsync_AnswerComesAfterAll_ChangesNothingMore()
    {
        var product = await StockedAsync();
        var (account, reserved) = await ReserveAsync(product);
        var services = Host.Services;
        var read = await services.GetRequiredService<PurchaseCalls>().ReadAsync(account, reserved, default);
        var window = services.GetRequiredService<PurchaseCalls>().BeginSending();
        (_, reserved) = await services.GetRequiredService<PurchaseSteps>().ConfirmAsync(account, reserved, read);
        var verdict = await services.GetRequiredService<PurchaseCalls>().TakeAsync(account, reserved, window);
        Time.Advance(PurchaseSteps.LeftAlone + TimeSpan.FromSeconds(1));
        await SettleChangesAsync();

        await services.GetRequiredService<PurchaseRecords>().SettleAsync(account, reserved, verdict);
        await services.GetRequiredService<PurchaseRecords>().ReleaseAsync(account, reserved, PurchaseHindrance.GivenUp, "late");

        (await ChangeAsync(reserved.Change.Id)).Status.ShouldBe(StockChangeStatus.Done);
        (Seller.FindProduct(product)!.Quantity, await HeldAsync(product)).ShouldBe((3, 3));
    }

    private async Task<Guid> BuyHalfAsync(long product, Ends ends)
    {
        var (account, reserved) = await ReserveAsync(product);
        if (ends == Ends.AfterReserving)
        {
            return reserved.Change.Id;
        }

        var read = await Host.Services.GetRequiredService<PurchaseCalls>().ReadAsync(account, reserved, default);
        var window = Host.Services.GetRequiredService<PurchaseCalls>().BeginSending();
        if (ends != Ends.AfterTheRead)
        {
            (var verdict, reserved) = await Host.Services.GetRequiredService<PurchaseSteps>().ConfirmAsync(account, reserved, read);
            verdict.ShouldBe(ReservationVerdict.Enough);
        }

        if (ends == Ends.AfterTheCall)
        {
            (await Host.Services.GetRequiredService<PurchaseCalls>().TakeAsync(account, reserved, window)).Outcome
                .ShouldBe(SendOutcome.Done);
        }

        return reserved.Change.Id;
    }

    private async Task<(Sync.Abstractions.Records.AccountRecord Account, Reservation Reserved)> ReserveAsync(long product)
    {
        var account = await Host.Services.GetRequiredService<AccountAccess>().GetActiveAsync(Account);
        var item = await ItemAsync(product);
        var (reserved, _) = await Host.Services.GetRequiredService<PurchaseSteps>()
            .ReserveAsync(account, item.Id, 2, new ChangeContext { Reference = "cart 1" }, default);
        return (account, reserved.ShouldNotBeNull());
    }

    private async Task<long> StockedAsync()
    {
        var product = ProductWith(5);
        await SyncAsync();
        Time.Advance(TimeSpan.FromSeconds(30));
        Marketplace.Calls.Clear();
        return product;
    }
}
