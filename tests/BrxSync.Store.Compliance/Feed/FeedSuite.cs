using System.Collections.Concurrent;
using BrxSync.Client;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Feed;
using BrxSync.Sync.Stock.Guard;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BrxSync.Store.Compliance.Feed;

/// <summary>What the suites of the feed share: two hosts on one store, one clock, and a shop that is fed.</summary>
public abstract class FeedSuite : StoreSuite
{
    private protected const string Name = "second-shop";

    private readonly List<ServiceProvider> _others = [];

    private protected ManualTimeProvider Time { get; } = new(new DateTimeOffset(2031, 5, 1, 12, 0, 0, TimeSpan.Zero));

    private protected RecordingFeed Shop { get; } = new();

    private protected RecordingSignal Signal { get; } = new();

    private protected IStockFeed Feed => Store.Services.GetRequiredService<IStockFeed>();

    private protected IDeadLetters Letters => Store.Services.GetRequiredService<IDeadLetters>();

    private protected virtual void Configure(StockFeedOptions options) => options.BatchSize = 3;

    public override Task InitializeAsync()
    {
        Store.Extra = brx =>
        {
            brx.WithoutJobs().AddStockFeed<RecordingFeedHandler>(Name, Configure);
            brx.Services.AddSingleton(Shop);
            brx.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time));
            brx.Services.Replace(ServiceDescriptor.Singleton<IWorkSignal>(Signal));
        };
        return base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        foreach (var other in _others)
        {
            await other.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    private protected ServiceProvider Another(Action<Hosting.BrxSyncBuilder>? choose = null)
    {
        _others.Add(Store.BuildAnother(choose: choose));
        return _others[^1];
    }

    private protected Task RunAsync(AccountId account, CancellationToken cancellationToken = default) =>
        RunAsync(Store.Services, account, cancellationToken);

    private protected static Task RunAsync(IServiceProvider host, AccountId account, CancellationToken cancellationToken = default) =>
        host.GetRequiredService<FeedDelivery>().RunAsync(account, cancellationToken);

    /// <summary>Runs the feed as often as it is due, until it has handed over everything.</summary>
    private protected async Task DrainAsync(AccountId account)
    {
        for (var round = 0; round < 100; round++)
        {
            await RunAsync(account);
            if (await Feed.FindCursorAsync(account, Name) is { Lag: 0 })
            {
                return;
            }

            Time.Advance(TimeSpan.FromMinutes(6));
        }

        throw new InvalidOperationException($"The feed gets nowhere: {await Feed.FindCursorAsync(account, Name)}");
    }

    /// <summary>Connects an account with products of which each has as many copies as its number says.</summary>
    private protected async Task<AccountId> ConnectWithAsync(int products)
    {
        var account = await ConnectAsync();
        await ApplyAsync(
            account, SnapshotOutcome.Applied, [.. Enumerable.Range(1, products).Select(number => ((long)number, number))]);
        return account;
    }

    /// <summary>Writes one entry of the journal, with the quantity that it tells.</summary>
    private protected async Task ChangeAsync(AccountId account, long product, int quantity)
    {
        await using var session = await Store.Stock.OpenAsync(account);
        var loaded = await session.LoadAsync(new StockScope { Products = [new ProductId(product)] });
        var item = loaded.Books.Items[new ProductId(product)];
        await session.SaveAsync(new StockWrites
        {
            Items = [item with { Quantity = quantity }],
            Journal = [new JournalLine(item.Product, JournalCauses.Edit, "edit", item.Quantity, quantity, 0, "maria")],
        });
    }

    private protected async Task<Dictionary<string, int>> TableAsync(AccountId account) =>
        (await ItemsAsync(account)).ToDictionary(item => item.Key, item => item.Value.Quantity, StringComparer.Ordinal);

    private protected async Task<StockFeedCursor> CursorAsync(AccountId account) =>
        (await Feed.FindCursorAsync(account, Name)).ShouldNotBeNull();

    private protected static IEnumerable<long> To(int last, int first = 1) =>
        Enumerable.Range(first, last - first + 1).Select(position => (long)position);

    private protected sealed class RecordingSignal : IWorkSignal
    {
        public ConcurrentQueue<(AccountId Account, WorkKind Kind)> Raised { get; } = [];

        public void Raise(AccountId accountId, WorkKind kind) => Raised.Enqueue((accountId, kind));
    }
}
