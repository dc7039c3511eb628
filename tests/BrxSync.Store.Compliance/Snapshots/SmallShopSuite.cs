using System.Text;
using System.Text.Json.Nodes;
using BrxSync.Simulator;
using BrxSync.Store.Compliance.Webhooks;
using BrxSync.Sync;
using BrxSync.Sync.Stock.Guard;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Snapshots;

/// <summary>A shop of few products beside wrong exports, and beside right ones that tell of a shop that sold out.</summary>
public abstract class SmallShopSuite : MarketplaceSuite
{
    private static readonly byte[] Empty = "[]"u8.ToArray();

    private readonly Interleaving _interleaving = new();
    private readonly EmptyAnswers _empty = new();

    protected override int Products => 10;

    private ISnapshotReview Review => Store.Services.GetRequiredService<ISnapshotReview>();

    public override async Task InitializeAsync()
    {
        Store.Extra = brx => brx.WithoutJobs().HttpClient
            .AddHttpMessageHandler(() => new EmptyAnswersHandler(_empty))
            .AddHttpMessageHandler(() => new InterleavingHandler(_interleaving));
        await base.InitializeAsync();
        Seller.WebhookUrl = new Uri($"http://host/webhooks/{Account}");
    }

    protected override void Configure(CardTraderSimulatorOptions options)
    {
        options.Webhooks.Hold = true;
        options.WebhookTransport = new WebhookReceiver(() => Store.Services.GetRequiredService<IWebhooks>(), _ => Seller);
    }

    [Fact]
    public async Task Run_EmptyExportOfAShopOfThree_RemovesNothingAndSaysHowItIsAccepted()
    {
        await OpenShopAsync(3);
        var before = await ItemsAsync(Account);
        Seller.ExportBody = Empty;

        var result = await SyncAsync();

        (result.Status, result.Succeeded, result.Progress.Removed).ShouldBe((OperationStatus.Withheld, false, 0));
        result.Reasons.ShouldHaveSingleItem().ShouldBe(
            "3 of 3 products on sale are gone without a known sale: nothing was removed; it is accepted when 3 snapshots in a row agree, or by an operator.");
        (await ItemsAsync(Account)).ShouldBe(before, ignoreOrder: true);
        (await Store.Accounts.FindAsync(Account)).ShouldNotBeNull().LastError.ShouldBe(result.Error);
        Seller.ExportBody = null;
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task Run_EmptyExportOfAShopOfOne_RemovesNothing()
    {
        await OpenShopAsync(1);

        (await SyncEachAsync(0)).ShouldBe([OperationStatus.Withheld]);

        (await InStockAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public async Task Run_PartOfTen_IsAppliedFromHalfOn(int held, bool applied)
    {
        await OpenShopAsync(10);

        (await SyncEachAsync(held)).ShouldBe([applied ? OperationStatus.Completed : OperationStatus.Withheld]);

        (await InStockAsync()).ShouldBe(applied ? held : 10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Run_ThreeFallsInARowThatAgree_AreApplied(int held)
    {
        await OpenShopAsync(10);

        (await SyncEachAsync(held, held)).ShouldBe([OperationStatus.Withheld, OperationStatus.Withheld]);
        (await InStockAsync()).ShouldBe(10);

        (await SyncEachAsync(held)).ShouldBe([OperationStatus.Completed]);
        (await InStockAsync()).ShouldBe(held);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 3)]
    [InlineData(0, 10)]
    public async Task Run_ExportsThatAlternate_NeverRemoveAnything(int one, int other)
    {
        await OpenShopAsync(10);

        var statuses = await SyncEachAsync(one, other, one, other, one, other);

        statuses.Where((_, index) => index % 2 == 0).ShouldAllBe(status => status == OperationStatus.Withheld);
        (await InStockAsync()).ShouldBe(10);
    }

    [Fact]
    public async Task AcceptFall_OfAnEmptyExport_EmptiesTheShopWithTheNextOneButNotWithAnother()
    {
        await OpenShopAsync(3);
        Seller.ExportBody = Empty;
        var withheld = await SyncAsync();
        var seen = await Review.AcceptAsync(Account, withheld.OperationId);

        (seen.Expected, seen.Gone, seen.Products).ShouldBe((3, 3, 0));
        (await SyncEachAsync(1)).ShouldBe([OperationStatus.Withheld]);
        (await InStockAsync()).ShouldBe(3);
        (await SyncEachAsync(0)).ShouldBe([OperationStatus.Completed]);
        (await InStockAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Run_EmptyExportAnOperatorVouchesFor_EmptiesTheShopAtOnce()
    {
        await OpenShopAsync(3);
        Seller.ExportBody = Empty;

        var result = await SyncAsync(acceptShrink: true);

        (result.Status, result.Progress.Removed).ShouldBe((OperationStatus.Completed, 3));
        (await InStockAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Run_DryRunsOfAnEmptyExport_TellThatItIsWithheldAndConfirmNothing()
    {
        await OpenShopAsync(3);
        Seller.ExportBody = Empty;

        for (var run = 0; run < 4; run++)
        {
            var planned = await SyncAsync(dryRun: true);
            (planned.Status, planned.Progress.Removed).ShouldBe((OperationStatus.Withheld, 0));
            planned.Reasons.ShouldHaveSingleItem().ShouldContain("3 of 3 products");
        }

        (await SyncAsync()).Status.ShouldBe(OperationStatus.Withheld);
        (await InStockAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task Run_EmptyFirstExport_IsApplied()
    {
        Seller.ExportBody = Empty;

        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
    }

    [Fact]
    public async Task Run_ByExpansionWithoutAnyExpansion_LooksEveryProductUpAndWithholdsOnlyWhenAllAreGone()
    {
        await OpenShopAsync(3);
        var order = new SyncRequest { AccountId = Account, Mode = SyncMode.ByExpansion };

        _empty.Expansions = true;
        var lookedUp = await Store.FullSync.RunAsync(order);
        _empty.Exports = true;
        var first = await Store.FullSync.RunAsync(order);
        var second = await Store.FullSync.RunAsync(order);
        var before = await InStockAsync();
        var third = await Store.FullSync.RunAsync(order);

        (lookedUp.Status, lookedUp.Progress.Unchanged).ShouldBe((OperationStatus.Completed, 3));
        (first.Status, second.Status, before).ShouldBe((OperationStatus.Withheld, OperationStatus.Withheld, 3));
        (third.Status, await InStockAsync()).ShouldBe((OperationStatus.Completed, 0));
    }

    [Fact]
    public async Task Run_EmptyExportOfAShopThatKnownSalesEmptied_IsApplied()
    {
        await OpenShopAsync(3);
        Sell(3);
        await Marketplace.Webhooks.FlushAsync();
        (await InStockAsync()).ShouldBe(0);

        var result = await SyncAsync();

        (result.Status, result.Reasons.Count).ShouldBe((OperationStatus.Completed, 0));
        (await Store.Snapshots.ListRecentAsync(Account, 1))[0].Fall.ShouldBe(new SnapshotFall(0, 0));
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task Run_EmptyExportOfAShopWhoseSalesPollingFound_IsApplied()
    {
        await OpenShopAsync(3);
        Sell(3);
        Marketplace.Webhooks.Drop();
        await Store.Services.GetRequiredService<IOrderPolling>().RunAsync(Account);

        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
        await ShouldEqualMarketplaceAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_WebhooksOfTheSalesComeWhileTheEmptyExportIsUnderWay_IsApplied(bool reconciles)
    {
        await OpenShopAsync(3);
        _interleaving.BeforeRead = () =>
        {
            Sell(3);
            return Task.CompletedTask;
        };
        _interleaving.AfterRead = () => Marketplace.Webhooks.FlushAsync();

        var result = reconciles ? await Store.Reconciliation.RunAsync(Account) : await SyncAsync();

        result.Status.ShouldBe(OperationStatus.Completed, result.Error);
        (await InStockAsync()).ShouldBe(0);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task Run_SalesExplainAPartOfTheFall_TheRestIsWithheld()
    {
        await OpenShopAsync(3);
        Sell(2);
        await Marketplace.Webhooks.FlushAsync();
        Seller.ExportBody = Empty;

        var result = await SyncAsync();

        result.Status.ShouldBe(OperationStatus.Withheld);
        result.Reasons.ShouldHaveSingleItem().ShouldStartWith("1 of 1 products");
        (await InStockAsync()).ShouldBe(1);
        Seller.ExportBody = null;
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task Connect_AnotherSellerAfterFalls_TheyConfirmNothingAndCannotBeAccepted()
    {
        await OpenShopAsync(3);
        await SyncEachAsync(0, 0);
        var former = (await Review.ListAsync(Account, 1))[0];

        await Store.AccountService.ConnectAsync(Account, "other-token-0");
        var refusal = await Should.ThrowAsync<SnapshotNotAcceptableException>(() => Review.AcceptAsync(Account, former.OperationId));
        var first = await SyncAsync();

        former.CanBeAccepted.ShouldBeTrue();
        refusal.Message.ShouldContain("another seller's");
        first.Status.ShouldBe(OperationStatus.Withheld, "the former seller's falls are no reason to believe this one's");
        (await InStockAsync()).ShouldBe(3 + Products);

        // From here on the new seller's own products are on sale too, and the snapshot holds most of what is.
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
        (await InStockAsync()).ShouldBe(Products);
    }

    /// <summary>Syncs a shop of so many products.</summary>
    private async Task OpenShopAsync(int products)
    {
        Seller.ChangeProducts(changed: 0, added: 0, removed: Products - products);
        var first = await SyncAsync();
        (first.Status, first.Progress.Created).ShouldBe((OperationStatus.Completed, products));
    }

    /// <summary>Syncs once for each number: the export then holds so many of the products that are on sale.</summary>
    private async Task<OperationStatus[]> SyncEachAsync(params int[] exports)
    {
        Seller.ExportBody = null;
        var rows = JsonNode.Parse(Seller.RenderExport())!.AsArray().Select(row => row!.ToJsonString()).ToArray();
        var statuses = new List<OperationStatus>();
        foreach (var products in exports)
        {
            Seller.ExportBody = Encoding.UTF8.GetBytes($"[{string.Join(',', rows.Take(products))}]");
            statuses.Add((await SyncAsync()).Status);
        }

        return [.. statuses];
    }

    /// <summary>Sells every copy of some products; their webhooks wait.</summary>
    private void Sell(int products)
    {
        foreach (var level in Seller.GetStock().Take(products))
        {
            Marketplace.Orders.Place(Seller, level.ProductId, level.Quantity).ShouldNotBeNull();
        }
    }

    private async Task<long> InStockAsync() => (await Store.Inventory.SummarizeAsync(Account)).InStock;

    /// <summary>Which answers are empty lists, whatever they should be.</summary>
    private sealed class EmptyAnswers
    {
        public bool Expansions { get; set; }

        public bool Exports { get; set; }
    }

    private sealed class EmptyAnswersHandler(EmptyAnswers empty) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            var path = request.RequestUri!.AbsolutePath;
            if ((empty.Expansions && path.EndsWith("/expansions/export", StringComparison.Ordinal))
                || (empty.Exports && path.EndsWith("/products/export", StringComparison.Ordinal)))
            {
                response.Content = new StringContent("[]", Encoding.UTF8, "application/json");
            }

            return response;
        }
    }
}
