using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Changes;

/// <summary>
/// A process is stopped at the worst instant, for longer than others wait for it, and goes on when another has taken over: it sends nothing
/// any more, and writes nothing.
/// </summary>
public abstract class StoppedProcessSuite : ChangeSuite
{
    private static readonly TimeSpan Stopped = TimeSpan.FromMinutes(5);
    private StoppedTimers _timers = null!;
    private ShopHost _stopped = null!;
    private bool _wasStopped;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _stopped = StartHost(clock => _timers = new StoppedTimers(clock));
    }

    public static TheoryData<string> Calls() => new("increment", "bulk_update", "bulk_create", "bulk_destroy");

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task RunAsync_StoppedBeforeTheCall_SendsNothingMore(string call)
    {
        var product = await StockedAsync(5);
        await ChangeAsync(product, call);
        var movements = Seller.GetMovements().Count;
        BeforeCall = request => StopAtAsync(request, call);

        await PushUntilFencedAsync();
        await SettleChangesAsync();

        _wasStopped.ShouldBeTrue();
        ShouldHaveHappenedOnce(product, call, movements);
        await ShouldEqualMarketplaceAsync();
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task RunAsync_StoppedAfterTheCall_WritesNothingMore(string call)
    {
        var product = await StockedAsync(5);
        await ChangeAsync(product, call);
        var movements = Seller.GetMovements().Count;
        AfterCall = request => StopAtAsync(request, call);

        await PushUntilFencedAsync();
        await SettleChangesAsync();

        _wasStopped.ShouldBeTrue();
        ShouldHaveHappenedOnce(product, call, movements);
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task RunAsync_StoppedBeforeTheCallAndNobodyTookOver_IsSentByTheNextPush()
    {
        var product = await StockedAsync(5);
        await ChangeAsync(product, "increment");
        BeforeCall = _ =>
        {
            BeforeCall = _ => Task.CompletedTask;
            AfterCall = GoOnAsync;
            _timers.Stop();
            Time.Advance(Stopped);
            return Task.CompletedTask;
        };

        await PushAsync(_stopped);
        _timers.GoOn();
        Writes().ShouldBeEmpty();
        await SettleChangesAsync();

        Writes().Count.ShouldBe(1);
        await ShouldEqualMarketplaceAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PurchaseAsync_StoppedBesideItsCall_SellsOnceOrNot(bool isBeforeTheCall)
    {
        var product = await StockedAsync(5);
        var item = await ItemAsync(product);
        Func<HttpRequestMessage, Task> stop = request => StopAtAsync(request, "increment");
        (BeforeCall, AfterCall) = isBeforeTheCall ? (stop, AfterCall) : (BeforeCall, stop);

        var result = await DriveAsync(_stopped.Services.GetRequiredService<IPurchases>().PurchaseAsync(Account, item.Id, 2, "cart 1"));
        await SettleChangesAsync();

        _wasStopped.ShouldBeTrue();
        result.Outcome.ShouldBe(isBeforeTheCall ? PurchaseOutcome.Unavailable : PurchaseOutcome.Sold);
        Seller.FindProduct(product)!.Quantity.ShouldBe(isBeforeTheCall ? 5 : 3);
        await ShouldEqualMarketplaceAsync();
    }

    private Task ChangeAsync(long product, string call) => call switch
    {
        "increment" => WithItemAsync(product, item => Changes.SellAsync(Account, item.Id, 2, "cart 1")),
        "bulk_update" => WithItemAsync(product, item => Changes.EditAsync(Account, new ItemEdit { ItemId = item.Id, PriceCents = 777 })),
        "bulk_destroy" => WithItemAsync(product, item => Changes.DeleteAsync(Account, item.Id)),
        _ => OfferAsync(),
    };

    private async Task WithItemAsync(long product, Func<InventoryItem, Task> change) => await change(await ItemAsync(product));

    private async Task OfferAsync() => await Changes.OfferAsync(
        Account, new NewItem { BlueprintId = await UnsoldBlueprintAsync(), Quantity = 2, PriceCents = 500 });

    /// <summary>Stops the process once, at a call; another one takes over and does all there is to do.</summary>
    private async Task StopAtAsync(HttpRequestMessage request, string call)
    {
        if (_wasStopped || !request.RequestUri!.AbsolutePath.EndsWith(call, StringComparison.Ordinal))
        {
            return;
        }

        _wasStopped = true;
        await StandStillAsync(async () =>
        {
            _timers.Stop();
            Time.Advance(Stopped);
            var other = StartHost();
            for (var round = 0; round < 3; round++)
            {
                await PushAsync(other);
                Time.Advance(TimeSpan.FromMinutes(1));
            }
        });
        AfterCall = GoOnAsync;
    }

    private Task GoOnAsync(HttpRequestMessage call)
    {
        _timers.GoOn();
        return Task.CompletedTask;
    }

    private async Task PushUntilFencedAsync()
    {
        try
        {
            await PushAsync(_stopped);
        }
        catch (SyncFencedException)
        {
            // It has learned that it is not its turn any more.
        }

        _timers.GoOn();
    }

    private void ShouldHaveHappenedOnce(long product, string call, int movements)
    {
        var moved = string.Join(' ', Seller.GetMovements().Skip(movements).Select(movement => movement.After - movement.Before));
        var there = Seller.FindProduct(product);
        (moved, there?.Quantity, there?.PriceCents == 777).ShouldBe(call switch
        {
            "increment" => ("-2", 3, false),
            "bulk_update" => ("", 5, true),
            "bulk_destroy" => ("-5", null, false),
            _ => ("2", 5, false),
        });
    }
}
