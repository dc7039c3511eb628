using System.Diagnostics.Metrics;
using BrxSync.Client;
using BrxSync.Sync.Catalog;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Sync.Tests.Catalog;

/// <summary>What the sync asks of a catalogue, and how little of it reaches the database.</summary>
public sealed class CatalogLookupTests
{
    private static readonly CatalogMatch Print = CatalogMatch.Mapped(new CatalogPrint("cards_prints", 12));

    private readonly FakeTimeProvider _time = new();
    private readonly RecordingSource _source = new();
    private readonly DictionaryCache _cache = new();

    private CatalogLookup Lookup(ICatalogCache? cache = null, ILogger<CatalogLookup>? logger = null) => new(
        _source,
        Options.Create(new CatalogCacheOptions { TimeToLive = TimeSpan.FromHours(1), UnknownTimeToLive = TimeSpan.FromMinutes(1) }),
        new CatalogMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()),
        _time,
        logger ?? NullLogger<CatalogLookup>.Instance,
        cache);

    [Theory]
    [InlineData(1)]
    [InlineData(2_000)]
    [InlineData(100_000)]
    public async Task Lookup_BatchOfAnySize_AsksOnce(int size)
    {
        for (var i = 1; i <= size; i += 2)
        {
            _source.Prints[new(i)] = Print;
        }

        var ids = Enumerable.Range(1, size).Select(i => new BlueprintId(i)).ToArray();
        var found = await Lookup().LookupAsync([.. ids, .. ids]);

        found.Count.ShouldBe(size);
        found.Count(pair => pair.Value == Print).ShouldBe((size + 1) / 2);
        found.Where(pair => pair.Key.Value % 2 == 0).ShouldAllBe(pair => pair.Value == CatalogMatch.Unknown);
        _source.Queries.ShouldHaveSingleItem().Count.ShouldBe(size);
    }

    [Fact]
    public async Task Lookup_Empty_AsksNothing()
    {
        (await Lookup(_cache).LookupAsync([])).ShouldBeEmpty();

        _source.Queries.ShouldBeEmpty();
        _cache.Reads.ShouldBe(0);
    }

    [Fact]
    public async Task Lookup_Again_AsksOnlyForWhatIsNewOrExpired()
    {
        _source.Prints[new(1)] = Print;
        var lookup = Lookup();
        await lookup.LookupAsync(Ids(1, 2));

        await lookup.LookupAsync(Ids(1, 2, 3));
        _source.Queries[^1].ShouldBe(Ids(3));

        _time.Advance(TimeSpan.FromMinutes(1));
        await lookup.LookupAsync(Ids(1, 2, 3));
        _source.Queries[^1].ShouldBe(Ids(2, 3));

        _time.Advance(TimeSpan.FromHours(1));
        await lookup.LookupAsync(Ids(1));
        _source.Queries[^1].ShouldBe(Ids(1));
        _source.Queries.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Lookup_UnknownThatWasAddedMeanwhile_IsSeenAfterItsShortTime()
    {
        var lookup = Lookup();
        (await lookup.LookupAsync(Ids(5)))[new(5)].ShouldBe(CatalogMatch.Unknown);
        _source.Prints[new(5)] = Print;

        (await lookup.LookupAsync(Ids(5)))[new(5)].ShouldBe(CatalogMatch.Unknown);
        _time.Advance(TimeSpan.FromMinutes(1));
        (await lookup.LookupAsync(Ids(5)))[new(5)].ShouldBe(Print);
    }

    [Fact]
    public async Task Lookup_SharedCache_IsReadInOneCallAndFilledInOneCall()
    {
        _source.Prints[new(1)] = Print;
        var excluded = CatalogMatch.Excluded(new CatalogPrint("sealed_products", 1));
        _source.Prints[new(2)] = excluded;
        await Lookup(_cache).LookupAsync(Ids(1, 2, 3));

        // Another process: empty memory, the same cache.
        var found = await Lookup(_cache).LookupAsync(Ids(1, 2, 3, 4));

        found[new(1)].ShouldBe(Print);
        found[new(2)].ShouldBe(excluded);
        found[new(3)].ShouldBe(CatalogMatch.Unknown);
        _source.Queries.Select(query => query.Count).ShouldBe([3, 1]);
        (_cache.Reads, _cache.Writes).ShouldBe((2, 2));
        _cache.Entries[("recording", new BlueprintId(1))].TimeToLive.ShouldBe(TimeSpan.FromHours(1));
        _cache.Entries[("recording", new BlueprintId(3))].TimeToLive.ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Lookup_SharedCacheFails_AsksTheDatabaseAndSaysSoOnce()
    {
        var logger = new CountingLogger();
        _source.Prints[new(1)] = Print;
        var lookup = Lookup(_cache, logger);
        _cache.Fails = true;

        (await lookup.LookupAsync(Ids(1)))[new(1)].ShouldBe(Print);
        await lookup.LookupAsync(Ids(2));
        logger.Warnings.ShouldBe(1);

        _cache.Fails = false;
        await lookup.LookupAsync(Ids(3));
        _cache.Fails = true;
        await lookup.LookupAsync(Ids(4));
        logger.Warnings.ShouldBe(2);
        _source.Queries.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Lookup_TwentyAtOnceForTheSameIds_AsksOnce()
    {
        _source.Prints[new(1)] = Print;
        var release = new TaskCompletionSource();
        _source.Before = _ => release.Task;
        var lookup = Lookup();

        var lookups = Enumerable.Range(0, 20).Select(_ => lookup.LookupAsync(Ids(1, 2, 3))).ToArray();
        release.SetResult();
        var found = await Task.WhenAll(lookups);

        found.ShouldAllBe(each => each.Count == 3 && each[new(1)] == Print);
        _source.Queries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Lookup_OverlappingWithOneOnItsWay_AsksOnlyForTheRest()
    {
        var release = new TaskCompletionSource();
        _source.Before = _ => release.Task;
        var lookup = Lookup();

        var first = lookup.LookupAsync(Ids(1, 2));
        var second = lookup.LookupAsync(Ids(2, 3));
        release.SetResult();

        (await first).Keys.ShouldBe(Ids(1, 2), ignoreOrder: true);
        (await second).Keys.ShouldBe(Ids(2, 3), ignoreOrder: true);
        _source.Queries.ShouldBe([Ids(1, 2), Ids(3)]);
    }

    [Fact]
    public async Task Lookup_WhoeverAskedIsCancelled_TheOthersAskThemselves()
    {
        _source.Prints[new(1)] = Print;
        using var cancellation = new CancellationTokenSource();
        _source.Before = token => token.CanBeCanceled ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask;
        var lookup = Lookup();

        var cancelled = lookup.LookupAsync(Ids(1), cancellation.Token);
        var waiting = lookup.LookupAsync(Ids(1));
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        (await waiting)[new(1)].ShouldBe(Print);
    }

    [Fact]
    public async Task Lookup_WaitingForAnotherAndCancelled_StopsAtOnce()
    {
        using var cancellation = new CancellationTokenSource();
        var release = new TaskCompletionSource();
        _source.Before = _ => release.Task;
        var lookup = Lookup();

        var asking = lookup.LookupAsync(Ids(1));
        var waiting = lookup.LookupAsync(Ids(1), cancellation.Token);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        release.SetResult();
        (await asking).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Lookup_CatalogueOut_FailsForAllWhoWaitAndIsAskedAgainNextTime()
    {
        var release = new TaskCompletionSource();
        _source.Before = async _ =>
        {
            await release.Task;
            throw new CatalogUnavailableException("down");
        };
        var lookup = Lookup();

        var lookups = Enumerable.Range(0, 5).Select(_ => lookup.LookupAsync(Ids(1))).ToArray();
        release.SetResult();
        foreach (var each in lookups)
        {
            await Should.ThrowAsync<CatalogUnavailableException>(() => each);
        }

        _source.Queries.Count.ShouldBe(1);
        _source.Before = _ => Task.CompletedTask;
        (await lookup.LookupAsync(Ids(1)))[new(1)].ShouldBe(CatalogMatch.Unknown);
    }

    [Fact]
    public async Task Lookup_ManyOverlappingAtOnce_AnswersAllAndNeverAsksTwiceAtOnce()
    {
        for (var i = 1; i <= 500; i++)
        {
            _source.Prints[new(i)] = CatalogMatch.Mapped(new CatalogPrint("t", i));
        }

        _source.Before = async _ => await Task.Yield();
        var lookup = Lookup();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var round = 0; round < 200; round++)
            {
                var ids = Enumerable.Range(0, 30).Select(_ => new BlueprintId(random.Next(1, 1000))).ToArray();
                var found = await lookup.LookupAsync(ids);
                found.Keys.ShouldBe(ids.Distinct(), ignoreOrder: true);
                found.ShouldAllBe(
                    pair => pair.Key.Value <= 500 ? pair.Value.Print!.Value.Id == pair.Key.Value : pair.Value == CatalogMatch.Unknown);
            }
        })));

        _source.AskedTwiceAtOnce.ShouldBeNull();
        _source.Queries.Sum(query => query.Count).ShouldBeLessThanOrEqualTo(999);
    }

    private static BlueprintId[] Ids(params int[] ids) => [.. ids.Select(id => new BlueprintId(id))];

    private sealed class CountingLogger : ILogger<CatalogLookup>
    {
        public int Warnings { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Warnings += logLevel == LogLevel.Warning ? 1 : 0;
    }
}
