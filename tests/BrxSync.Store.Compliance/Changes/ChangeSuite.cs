using System.Globalization;
using BrxSync.Client;
using BrxSync.Hosting;
using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Changes;

/// <summary>A shop whose changes go out: calls are counted, and time passes only while no call is on its way.</summary>
public abstract class ChangeSuite : ShopSuite
{
    private readonly CallsOnTheirWay _calls = new();

    private protected IChanges Changes => Host.Services.GetRequiredService<IChanges>();

    private protected IPush Push => Host.Services.GetRequiredService<IPush>();

    /// <summary>What happens before a call reaches the marketplace.</summary>
    private protected Func<HttpRequestMessage, Task> BeforeCall { get; set; } = _ => Task.CompletedTask;

    /// <summary>What happens after the marketplace has answered a call, before the answer arrives.</summary>
    private protected Func<HttpRequestMessage, Task> AfterCall { get; set; } = _ => Task.CompletedTask;

    public override async Task InitializeAsync()
    {
        var also = Also;
        Also = brx =>
        {
            also(brx);
            brx.HttpClient.AddHttpMessageHandler(() => new CountingHandler(_calls, this));
        };
        await base.InitializeAsync();
        Marketplace.Calls.Clear();
    }

    /// <summary>Gives the row of a product.</summary>
    private protected async Task<InventoryItem> ItemAsync(long product) =>
        (await Store.Inventory.FindAsync(Account, new ProductId(product))).ShouldNotBeNull();

    private protected async Task<InventoryItem> ItemOfRowAsync(long row) =>
        (await ItemsAsync(Account)).Values.Single(item => item.Id == row);

    private protected async Task<StockChange> ChangeAsync(Guid id) => (await Changes.FindAsync(Account, id)).ShouldNotBeNull();

    /// <summary>Pushes, and lets time pass where it is waited for.</summary>
    private protected Task<PushResult> PushAsync(ShopHost? host = null) =>
        DriveAsync((host ?? Host).Services.GetRequiredService<IPush>().RunAsync(Account));

    /// <summary>Does something while the process of a call that waits here stands still.</summary>
    private protected async Task StandStillAsync(Func<Task> meanwhile)
    {
        _calls.End();
        await meanwhile();
        _calls.Begin();
    }

    /// <summary>Plans a fault.</summary>
    private protected void Fail(string endpoint, Simulator.Faults.FaultAction action, int times = 1, int status = 503) =>
        Marketplace.Faults.Add(new Simulator.Faults.FaultRule { Endpoint = endpoint, Action = action, Times = times, Status = status });

    /// <summary>Gives a blueprint that the seller has nothing of.</summary>
    private protected async Task<BlueprintId> UnsoldBlueprintAsync()
    {
        var sold = (await ItemsAsync(Account)).Values.Select(item => item.BlueprintId.Value).ToHashSet();
        return new BlueprintId(Marketplace.Catalog.Expansions
            .SelectMany(expansion => Marketplace.Catalog.BlueprintsOf(expansion.Id))
            .First(blueprint => !sold.Contains(blueprint.Id)).Id);
    }

    private protected async Task<long> StockedAsync(int copies)
    {
        var product = ProductWith(copies);
        await SyncAsync();
        Time.Advance(TimeSpan.FromSeconds(5));
        Marketplace.Calls.Clear();
        return product;
    }

    /// <summary>Pushes until nothing waits any more, as the jobs would.</summary>
    private protected async Task SettleChangesAsync(int rounds = 40)
    {
        for (var round = 0; round < rounds; round++)
        {
            await PushAsync();
            await DriveAsync(Host.Rereading.RunAsync(Account));
            if ((await Store.Work.FindAsync(Account)) is { HasChanges: false } && await NothingWaitsAsync())
            {
                return;
            }

            Time.Advance(TimeSpan.FromSeconds(45));
        }

        var left = (await Changes.ListAsync(Account, new ChangeQuery()))
            .Where(change => change.Status is StockChangeStatus.Waiting or StockChangeStatus.InDoubt or StockChangeStatus.Sent);
        throw new InvalidOperationException($"Something waits for ever: {string.Join(", ", left)}");
    }

    /// <summary>Gives the calls that change something, as "POST /products/bulk_update".</summary>
    private protected IReadOnlyList<string> Writes() =>
        [.. Marketplace.Calls.All().Where(call => call.Method != "GET").Select(call => $"{call.Method} {call.Path}")];

    private protected static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Lets time pass where it is waited for, by steps of at most 20 seconds or as given.</summary>
    private protected async Task<T> DriveAsync<T>(Task<T> task, TimeSpan? longest = null)
    {
        while (!task.IsCompleted)
        {
            await Task.WhenAny(task, Time.WaitForTimersAsync());
            if (_calls.Count == 0 && Time.NextTimer is { } next && next < (longest ?? TimeSpan.FromSeconds(20)))
            {
                Time.Advance(next);
            }

            await Task.Yield();
        }

        return await task;
    }

    private async Task<bool> NothingWaitsAsync() => (await Changes.ListAsync(Account, new ChangeQuery { Limit = 200 }))
        .All(change => change.Status is not (StockChangeStatus.Waiting or StockChangeStatus.InDoubt or StockChangeStatus.Sent
            or StockChangeStatus.Reserved));

    private sealed class CallsOnTheirWay
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Begin() => Interlocked.Increment(ref _count);

        public void End() => Interlocked.Decrement(ref _count);
    }

    private sealed class CountingHandler(CallsOnTheirWay calls, ChangeSuite suite) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            calls.Begin();
            try
            {
                await suite.BeforeCall(request);
                var response = await base.SendAsync(request, cancellationToken);
                await response.Content.LoadIntoBufferAsync(cancellationToken);
                await suite.AfterCall(request);
                return response;
            }
            finally
            {
                calls.End();
            }
        }
    }
}
