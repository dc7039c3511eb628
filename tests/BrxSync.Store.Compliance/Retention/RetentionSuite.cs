using BrxSync.Store.Compliance.Changes;
using BrxSync.Store.Compliance.Feed;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Feed;
using BrxSync.Sync.Retention;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BrxSync.Store.Compliance.Retention;

/// <summary>History goes when its time is over, and never while something needs it.</summary>
public abstract class RetentionSuite : ChangeSuite
{
    private static readonly TimeSpan Long = TimeSpan.FromDays(800);

    private IStock Stock => Host.Services.GetRequiredService<IStock>();

    private IDeadLetters Letters => Host.Services.GetRequiredService<IDeadLetters>();

    public override Task InitializeAsync()
    {
        Also = brx =>
        {
            brx.AddStockFeed<RecordingFeedHandler>("second-shop", options => options.BatchSize = 2);
            brx.Services.AddSingleton(new RecordingFeed());
        };
        return base.InitializeAsync();
    }

    [Fact]
    public async Task RunAsync_Changes_RemovesThoseThatAreDecidedAndSeen()
    {
        var item = await ItemAsync(await StockedAsync(5));
        var sold = await Changes.SellAsync(Account, item.Id, 1, "order-1");
        await PushAsync();
        await CloseAsync();
        var waits = await Changes.EditAsync(Account, new ItemEdit { ItemId = item.Id, PriceCents = 9_999 });

        (await RemoveAsync()).Changes.ShouldBe(0);
        (await Changes.SellAsync(Account, item.Id, 1, "order-1")).IsRepeated.ShouldBeTrue();
        Time.Advance(Long);
        (await RemoveAsync(options => options.Changes = null)).Changes.ShouldBe(0);
        (await RemoveAsync()).Changes.ShouldBe(1);

        (await Changes.FindAsync(Account, sold.Changes.Single())).ShouldBeNull();
        (await ChangeAsync(waits.Changes.Single())).Status.ShouldBe(StockChangeStatus.Waiting);
        (await ItemOfRowAsync(item.Id)).Quantity.ShouldBe(4);
        (await PushAsync()).Done.ShouldBe(1);
    }

    [Fact]
    public async Task RunAsync_ChangeThatAReadMayNeed_Stays()
    {
        var item = await ItemAsync(await StockedAsync(5));
        var sold = await Changes.SellAsync(Account, item.Id, 1, "order-1");
        await PushAsync();
        Time.Advance(Long);

        (await RemoveAsync()).Changes.ShouldBe(0);

        (await ChangeAsync(sold.Changes.Single())).Status.ShouldBe(StockChangeStatus.Done);
    }

    [Fact]
    public async Task RunAsync_Journal_StaysUntilEveryFeedHasItAndKeepsItsLastEntry()
    {
        var item = await ItemAsync(await StockedAsync(5));
        await FeedAsync();
        var fed = await Stock.GetJournalPositionAsync(Account);
        for (var i = 0; i < 3; i++)
        {
            await Changes.EditAsync(Account, new ItemEdit { ItemId = item.Id, QuantityDelta = 1 });
        }

        (await RemoveAsync()).JournalEntries.ShouldBe(0);
        Time.Advance(Long);
        (await RemoveAsync(options => options.Journal = null)).JournalEntries.ShouldBe(0);
        (await RemoveAsync(options => options.BatchSize = 2)).JournalEntries.ShouldBe(fed);
        (await PositionsAsync()).ShouldBe([fed + 1, fed + 2, fed + 3]);

        await FeedAsync();
        (await RemoveAsync()).JournalEntries.ShouldBe(2);
        await Changes.EditAsync(Account, new ItemEdit { ItemId = item.Id, QuantityDelta = 1 });

        (await PositionsAsync()).ShouldBe([fed + 3, fed + 4]);
        (await Stock.ListJournalAsync(Account, item.ProductId)).Select(entry => entry.Position).ShouldBe([fed + 4, fed + 3]);
        (await Stock.GetJournalPositionAsync(Account)).ShouldBe(fed + 4);
    }

    [Fact]
    public async Task RunAsync_DeadLetters_RemovesSettledOnesButNotDiscardedOrders()
    {
        foreach (var (source, subject) in ((string, string)[])
            [
                (DeadLetterSources.Orders, "1"), (DeadLetterSources.Orders, "2"), (DeadLetterSources.Orders, "3"),
                (DeadLetterSources.Changes, "4"),
            ])
        {
            await WriteAsync(source, subject);
        }

        var letters = (await Letters.ListAsync(Account)).Items.ToDictionary(letter => letter.Subject);
        await Letters.DiscardAsync(Account, letters["1"].Id, "ann", "gone");
        await Letters.ReplayAsync(Account, letters["2"].Id, "ann");
        await Letters.DiscardAsync(Account, letters["4"].Id, "ann", "wrong");

        (await RemoveAsync()).DeadLetters.ShouldBe(0);
        Time.Advance(Long);
        (await RemoveAsync(options => options.DeadLetters = null)).DeadLetters.ShouldBe(0);
        (await RemoveAsync(options => options.BatchSize = 1)).DeadLetters.ShouldBe(2);

        (await Letters.ListAsync(Account)).Items.Select(letter => letter.Subject).Order().ShouldBe(["1", "3"]);
    }

    [Fact]
    public async Task RunAsync_Operations_RemovesThoseThatEndedButTheLastOfEachKind()
    {
        await SyncAsync();
        await SyncAsync();
        var last = await SyncAsync();
        var operations = Host.Services.GetRequiredService<IOperations>();
        var all = (await operations.ListAsync(Account, 200)).Count;
        await Changes.EditManyAsync(Account, AsyncEnumerable.Empty<ItemEdit>(), new BulkEdit { OperationId = "first" }).ToListAsync();
        var live = await Host.Services.GetRequiredService<IOperationStore>().BeginAsync(Account, "second", OperationKinds.BulkEdit);

        (await RemoveAsync()).Operations.ShouldBe(0);
        Time.Advance(Long);
        (await RemoveAsync(options => options.Operations = null)).Operations.ShouldBe(0);
        (await RemoveAsync()).Operations.ShouldBe(all);

        (await operations.ListAsync(Account, 200)).Select(operation => operation.Id).ShouldBe([live!.OperationId, last.OperationId]);
        await SyncAsync();
    }

    [Fact]
    public async Task RunAsync_TwoProcessesAtOnce_RemoveEachRowOnce()
    {
        var item = await ItemAsync(await StockedAsync(5));
        for (var i = 0; i < 20; i++)
        {
            await Changes.EditAsync(Account, new ItemEdit { ItemId = item.Id, QuantityDelta = 1 });
        }

        var position = await Stock.GetJournalPositionAsync(Account);
        Time.Advance(Long);

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => RemoveAsync(options => options.BatchSize = 3))));
        await RemoveAsync();

        results.Sum(result => result.JournalEntries).ShouldBeLessThan(position);
        (await PositionsAsync()).ShouldBe([position]);
    }

    private async Task<RetentionResult> RemoveAsync(Action<RetentionOptions>? choose = null)
    {
        var options = new RetentionOptions();
        choose?.Invoke(options);
        var services = Host.Services;
        return await new RetentionService(
            services.GetRequiredService<IRetentionStore>(),
            services.GetRequiredService<AccountRetention>(),
            services.GetRequiredService<RetentionMetrics>(),
            Options.Create(options),
            Time,
            NullLogger<RetentionService>.Instance).RunAsync();
    }

    /// <summary>Has a read follow the changes, after which no read needs them.</summary>
    private async Task CloseAsync()
    {
        Time.Advance(TimeSpan.FromMinutes(5));
        (await Host.FullSync.RunAsync(new SyncRequest { AccountId = Account })).Succeeded.ShouldBeTrue();
        Time.Advance(TimeSpan.FromMinutes(5));
    }

    private async Task FeedAsync()
    {
        var (delivery, feed) = (Host.Services.GetRequiredService<FeedDelivery>(), Host.Services.GetRequiredService<IStockFeed>());
        for (var round = 0; round < 100; round++)
        {
            await DriveAsync(RunAsync());
            if ((await feed.FindCursorAsync(Account, "second-shop"))?.Position == await Stock.GetJournalPositionAsync(Account))
            {
                return;
            }
        }

        throw new InvalidOperationException("The feed does not come to the end of the journal.");

        async Task<bool> RunAsync()
        {
            await delivery.RunAsync(Account, CancellationToken.None);
            return true;
        }
    }

    private async Task<List<long>> PositionsAsync() =>
        await Stock.StreamJournalAsync(Account).Select(entry => entry.Position).ToListAsync();

    private async Task WriteAsync(string source, string subject)
    {
        await using var session = await Store.Stock.OpenAsync(Account, CancellationToken.None);
        await session.LoadAsync(new StockScope(), CancellationToken.None);
        await session.SaveAsync(
            new StockWrites
            {
                DeadLetters =
                [
                    new DeadLetterEntry
                    {
                        Key = new DeadLetterKey(source, subject),
                        Kind = source == DeadLetterSources.Orders ? DeadLetterKinds.OrderFetch : DeadLetterKinds.Update,
                        Attempts = 1,
                        ErrorCode = "CODE",
                        Error = "it failed",
                        Payload = """{"product":1}""",
                    },
                ],
            },
            CancellationToken.None);
    }
}
