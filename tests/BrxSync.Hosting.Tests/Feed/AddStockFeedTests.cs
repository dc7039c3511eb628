using System.Collections.Concurrent;
using BrxSync.Hosting.Tests.Jobs;
using BrxSync.Sync;
using BrxSync.Sync.Feed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BrxSync.Hosting.Tests.Feed;

/// <summary>Feeds as a host registers them, and the jobs that run them.</summary>
public sealed class AddStockFeedTests
{
    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a/b")]
    public void AddStockFeed_NameThatCannotBe_IsRefused(string name) =>
        Should.Throw<ArgumentException>(() => new ServiceCollection().AddStockFeed<Recorder>(name))
            .Message.ShouldContain("1 to 64 letters");

    [Fact]
    public void AddStockFeed_SameNameTwice_IsRefused()
    {
        var services = new ServiceCollection().AddStockFeed<Recorder>("shop");

        Should.Throw<InvalidOperationException>(() => services.AddStockFeed<Recorder>("Shop")).Message.ShouldContain("a name of its own");
    }

    [Fact]
    public void Options_OutOfRange_AreToldAllAtOnce()
    {
        using var provider = Build(brx => brx.AddStockFeed<Recorder>("shop", options =>
            (options.BatchSize, options.Attempts, options.RetryDelay) = (0, 1_000, TimeSpan.FromMinutes(30))));

        var faults = Should.Throw<OptionsValidationException>(() => OptionsOf(provider, "shop")).Message;

        faults.ShouldContain("BatchSize");
        faults.ShouldContain("Attempts");
        faults.ShouldContain("StockFeed shop: RetryMaxDelay is 00:05:00");
    }

    [Fact]
    public void Options_HandlerThatIsNotRegistered_StopTheStart()
    {
        using var provider = Build(brx => brx.AddStockFeed<INobody>("shop"));

        Should.Throw<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate())
            .Message.ShouldContain($"the handler {typeof(INobody)} is not registered");
    }

    [Fact]
    public void Options_OfAFeed_AreTakenFromItsSectionAndCodeWins()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["StockFeeds:shop:BatchSize"] = "7", ["StockFeeds:shop:Start"] = "Now", ["StockFeeds:index:BatchSize"] = "9",
        }).Build();
        using var provider = Build(
            brx => brx.AddStockFeed<Recorder>("shop").AddStockFeed<Recorder>("index", options => options.BatchSize = 11), configuration);

        (OptionsOf(provider, "shop").BatchSize, OptionsOf(provider, "shop").Start).ShouldBe((7, StockFeedStart.Now));
        (OptionsOf(provider, "index").BatchSize, OptionsOf(provider, "index").Start).ShouldBe((11, StockFeedStart.Beginning));
    }

    [Fact]
    public void Options_DurationWithoutAUnit_IsRefused()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["StockFeeds:shop:HandlerTimeout"] = "30" }).Build();
        using var provider = Build(brx => brx.AddStockFeed<Recorder>("shop"), configuration);

        Should.Throw<OptionsValidationException>(() => OptionsOf(provider, "shop")).Message.ShouldContain("HandlerTimeout");
    }

    [Fact]
    public async Task Host_ThatRunsJobs_FeedsWhatASyncWrites()
    {
        await using var jobs = await JobsHost.CreateAsync();
        var told = new Told();
        var host = await jobs.StartAsync(services => services.AddSingleton(told).AddStockFeed<Recorder>("shop"));
        var account = await JobsHost.ConnectAsync(host);

        await host.Services.GetRequiredService<IFullSync>().RunAsync(new SyncRequest { AccountId = account });
        await JobsHost.EventuallyAsync(() => Task.FromResult(told.Entries.Count >= 30), "the sync is told");

        told.Entries.Select(entry => entry.Position).ShouldBe(Enumerable.Range(1, 30).Select(position => (long)position));
        await JobsHost.EventuallyAsync(
            async () => await host.Services.GetRequiredService<IStockFeed>().FindCursorAsync(account, "shop") is { Lag: 0 },
            "the cursor moves");
    }

    private static ServiceProvider Build(Action<BrxSyncBuilder> choose, IConfiguration? configuration = null)
    {
        var services = new ServiceCollection().AddSingleton<Told>();
        services.AddBrxSync(configuration, brx => choose(brx.UseSqlite("unused.db").WithoutJobs()));
        return services.BuildServiceProvider();
    }

    private static StockFeedOptions OptionsOf(IServiceProvider provider, string feed) =>
        provider.GetRequiredService<IOptionsMonitor<StockFeedOptions>>().Get(feed);

    private interface INobody : IStockFeedHandler;

    private sealed class Told
    {
        public ConcurrentQueue<JournalEntry> Entries { get; } = [];
    }

    private sealed class Recorder(Told told) : IStockFeedHandler
    {
        public Task HandleAsync(StockFeedBatch batch, CancellationToken cancellationToken)
        {
            foreach (var entry in batch.Entries)
            {
                told.Entries.Enqueue(entry);
            }

            return Task.CompletedTask;
        }
    }
}
