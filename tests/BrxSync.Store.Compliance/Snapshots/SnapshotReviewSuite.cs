using System.Text;
using System.Text.Json.Nodes;
using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Snapshots;

/// <summary>An operator's word for a fall, from the withheld snapshot to the applied one.</summary>
public abstract class SnapshotReviewSuite : MarketplaceSuite
{
    private ISnapshotReview Review => Store.Services.GetRequiredService<ISnapshotReview>();

    private async Task<SyncResult> WithholdAsync(int removed)
    {
        Seller.ChangeProducts(changed: 0, added: 0, removed: removed);
        var result = await SyncAsync();
        result.Status.ShouldBe(OperationStatus.Withheld, result.Error);
        return result;
    }

    private async Task<SnapshotNotAcceptableException> RefuseAsync(string operationId) =>
        await Should.ThrowAsync<SnapshotNotAcceptableException>(() => Review.AcceptAsync(Account, operationId));

    [Fact]
    public async Task AcceptFall_OfTheLatestSnapshot_TheNextSyncAppliesItAndForgetsTheWord()
    {
        await SyncAsync();
        var withheld = await WithholdAsync(Products / 2);
        var seen = (await Review.ListAsync(Account, 10))[0];

        var accepted = await Review.AcceptAsync(Account, withheld.OperationId);
        var waiting = (await Review.ListAsync(Account, 10))[0];
        var applied = await SyncAsync();

        (seen.OperationId, seen.Status, seen.CanBeAccepted, seen.IsAccepted).ShouldBe(
            (withheld.OperationId, OperationStatus.Withheld, true, false));
        (seen.Expected, seen.Gone, seen.Products, seen.Skipped).ShouldBe((Products, Products / 2, Products / 2, 0));
        seen.Reasons.ShouldBe(withheld.Reasons);
        (DateTimeOffset.UtcNow - seen.CreatedAt).ShouldBeLessThan(TimeSpan.FromMinutes(10));
        accepted.ShouldBe(seen with { IsAccepted = true, Reasons = accepted.Reasons });
        waiting.IsAccepted.ShouldBeTrue();
        (applied.Status, applied.Progress.Removed).ShouldBe((OperationStatus.Completed, Products / 2));
        applied.Reasons.ShouldHaveSingleItem().ShouldContain("accepted by an operator");
        await ShouldEqualMarketplaceAsync();
        (await Review.ListAsync(Account, 1))[0].ShouldSatisfyAllConditions(
            now => now.Status.ShouldBe(OperationStatus.Completed),
            now => now.IsAccepted.ShouldBeFalse(),
            now => now.CanBeAccepted.ShouldBeFalse());

        // The word was for that fall: the next one is asked about anew, although it would agree with it.
        await WithholdAsync(Products / 4);
        (await Store.Snapshots.FindAcceptedAsync(Account)).ShouldBeNull();
    }

    [Fact]
    public async Task AcceptFall_ThenAReconciliation_AppliesItToo()
    {
        await SyncAsync();
        var withheld = await WithholdAsync(Products / 2);
        await Review.AcceptAsync(Account, withheld.OperationId);

        (await Store.Reconciliation.RunAsync(Account)).Status.ShouldBe(OperationStatus.Completed);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task AcceptFall_TheNextSnapshotTellsOfAnother_IsWithheldAgainAndTheWordStays()
    {
        await SyncAsync();
        var withheld = await WithholdAsync(Products / 4);
        await Review.AcceptAsync(Account, withheld.OperationId);

        var larger = await WithholdAsync(Products / 2);
        (await Store.Inventory.SummarizeAsync(Account)).InStock.ShouldBe(Products);
        (await Review.ListAsync(Account, 1))[0].IsAccepted.ShouldBeFalse();
        await Review.AcceptAsync(Account, larger.OperationId);

        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task AcceptFall_RowsThatCannotBeUsedBesideTheFall_StayWithheld()
    {
        await SyncAsync();
        var withheld = await WithholdAsync(Products / 2);
        await Review.AcceptAsync(Account, withheld.OperationId);
        Seller.ExportBody = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Seller.RenderExport())[..^1] + ",null]");

        var faulty = await SyncAsync();

        faulty.Status.ShouldBe(OperationStatus.Withheld);
        (await Store.Inventory.SummarizeAsync(Account)).InStock.ShouldBe(Products);
        (await RefuseAsync(faulty.OperationId)).Message.ShouldContain("faults that cannot be accepted");
    }

    [Fact]
    public async Task AcceptFall_ABrokenBodyInBetween_SaysNothingAgainstIt()
    {
        await SyncAsync();
        var withheld = await WithholdAsync(Products / 2);
        Seller.ExportBody = "<html>"u8.ToArray();
        var refused = await SyncAsync();
        Seller.ExportBody = null;

        await Review.AcceptAsync(Account, withheld.OperationId);

        (await RefuseAsync(refused.OperationId)).Message.ShouldContain("refused as a whole");
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
    }

    [Fact]
    public async Task AcceptFall_NothingToAccept_SaysWhyAndStoresNothing()
    {
        var applied = await SyncAsync();
        var first = await WithholdAsync(Products / 2);
        var second = await SyncAsync();

        (await RefuseAsync("unknown")).Message.ShouldContain("left no snapshot");
        (await RefuseAsync(applied.OperationId)).Message.ShouldContain("nothing to accept");
        (await RefuseAsync(first.OperationId)).Message.ShouldContain($"A later snapshot (operation {second.OperationId})");
        await Should.ThrowAsync<SnapshotNotAcceptableException>(() => Review.AcceptAsync(AccountId.Create(), second.OperationId));
        (await Store.Snapshots.FindAcceptedAsync(Account)).ShouldBeNull();
    }

    [Fact]
    public async Task Sync_EveryRowInAnotherCurrency_IsAdoptedByTheThirdWithItsPrices()
    {
        await SyncAsync();
        var prices = await PricesAsync();
        Move("USD", 100_000);

        var (first, second) = (await SyncAsync(), await SyncAsync());
        var waiting = await PricesAsync();
        var error = (await Store.Accounts.FindAsync(Account))!.LastError;
        var third = await SyncAsync();
        var fourth = await SyncAsync();

        (first.Status, second.Status).ShouldBe((OperationStatus.Withheld, OperationStatus.Withheld));
        waiting.ShouldBe(prices, ignoreOrder: true);
        error.ShouldNotBeNull().ShouldContain("All 400 rows are priced in USD instead of EUR");
        error.ShouldContain("when 3 snapshots in a row agree, or on an operator's word");
        (third.Status, fourth.Status, fourth.Reasons.Count).ShouldBe((OperationStatus.Completed, OperationStatus.Completed, 0));
        (await Store.Accounts.FindAsync(Account))!.ShouldSatisfyAllConditions(
            account => account.Currency.ShouldBe("USD"),
            account => account.LastError.ShouldBeNull());
        (await PricesAsync()).Values.ShouldAllBe(price => price >= 100_000);
        (await Review.ListAsync(Account, 10)).Select(snapshot => snapshot.NewCurrency).ShouldBe([null, "USD", "USD", "USD", null]);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task AcceptFall_OfANewCurrency_TheNextSyncAdoptsItAndForgetsTheWord()
    {
        await SyncAsync();
        Move("USD", 100_000);
        var withheld = await SyncAsync();
        var seen = (await Review.ListAsync(Account, 1))[0];

        var accepted = await Review.AcceptAsync(Account, withheld.OperationId);
        var applied = await SyncAsync();

        (seen.CanBeAccepted, seen.IsAccepted, seen.NewCurrency, seen.Gone).ShouldBe((true, false, "USD", 0));
        accepted.IsAccepted.ShouldBeTrue();
        applied.Status.ShouldBe(OperationStatus.Completed, applied.Error);
        applied.Reasons.ShouldHaveSingleItem().ShouldContain("adopted on an operator's word");
        (await Store.Accounts.FindAsync(Account))!.Currency.ShouldBe("USD");
        (await Store.Snapshots.FindAcceptedAsync(Account)).ShouldBeNull();

        // The word was for that currency.
        Move("CHF", 200_000);
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Withheld);
        (await PricesAsync()).Values.ShouldAllBe(price => price < 200_000);
    }

    [Fact]
    public async Task Sync_ToldToBelieveWhatItFinds_AdoptsANewCurrencyToo()
    {
        await SyncAsync();
        Move("USD", 100_000);

        (await SyncAsync(acceptShrink: true)).Status.ShouldBe(OperationStatus.Completed);
        (await Store.Accounts.FindAsync(Account))!.Currency.ShouldBe("USD");
    }

    [Fact]
    public async Task Sync_SomeRowsInAnotherCurrency_AreNeverAdopted()
    {
        await SyncAsync();
        Move("USD", 100_000, rows: 399);

        for (var i = 0; i < 4; i++)
        {
            (await SyncAsync()).Status.ShouldBe(OperationStatus.Withheld);
        }

        (await Store.Accounts.FindAsync(Account))!.Currency.ShouldBe("EUR");
    }

    private void Move(string currency, int surcharge, int rows = int.MaxValue)
    {
        Seller.ExportBody = null;
        var export = JsonNode.Parse(Seller.RenderExport())!.AsArray();
        foreach (var row in export.Take(rows))
        {
            row!["price_currency"] = currency;
            row["price_cents"] = (int)row["price_cents"]! + surcharge;
        }

        Seller.ExportBody = Encoding.UTF8.GetBytes(export.ToJsonString());
    }

    private async Task<Dictionary<string, long>> PricesAsync() =>
        (await ItemsAsync(Account)).Values.ToDictionary(
            item => item.ProductId.ToString()!, item => item.Price!.Value.Cents, StringComparer.Ordinal);

    [Fact]
    public async Task List_Snapshots_NewestFirstWithVerdicts()
    {
        await SyncAsync();
        await WithholdAsync(Products / 2);
        Seller.ExportBody = "[}"u8.ToArray();
        await SyncAsync();

        var snapshots = await Review.ListAsync(Account, 10);

        snapshots.Select(snapshot => (snapshot.Status, snapshot.CanBeAccepted)).ShouldBe(
            [(OperationStatus.Failed, false), (OperationStatus.Withheld, true), (OperationStatus.Completed, false)]);
        snapshots[0].Reasons.ShouldHaveSingleItem().ShouldContain("not a stock list");
        (await Review.ListAsync(Account, 1)).Count.ShouldBe(1);
    }
}
