using System.Diagnostics.Metrics;
using BrxSync.Sync;
using BrxSync.Sync.Feed;
using BrxSync.Sync.Steps;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Feed;

/// <summary>The journal as a stream, and what tells how far feeds are behind.</summary>
public abstract class FeedStreamSuite : FeedSuite
{
    [Fact]
    public async Task Stream_FromAPosition_EndsWithTheLastEntry()
    {
        var account = await ConnectWithAsync(5);

        (await ReadAsync(account, 2)).ShouldBe([3, 4, 5]);
        (await ReadAsync(account, 9)).ShouldBeEmpty();
        Should.Throw<ArgumentOutOfRangeException>(() => Feed.StreamAsync(account, -1));
    }

    [Fact]
    public async Task Stream_OfMoreThanAPage_LeavesNothingOut()
    {
        var account = await ConnectWithAsync(1_203);

        (await ReadAsync(account, 0)).ShouldBe(To(1_203));
    }

    [Fact]
    public async Task Stream_ThatFollows_HearsOfACommitOfThisProcessAtOnce()
    {
        var account = await ConnectWithAsync(1);
        await using var stream = Feed.StreamAsync(account, follow: true).GetAsyncEnumerator();
        (await stream.MoveNextAsync()).ShouldBeTrue();
        var next = stream.MoveNextAsync();
        await Time.WaitForTimersAsync();

        await ChangeAsync(account, 1, 5);
        Store.Services.GetRequiredService<JournalPulse>().Tell(account);

        (await next).ShouldBeTrue();
        (stream.Current.Position, stream.Current.After, stream.Current.Actor).ShouldBe((2, 5, "maria"));
    }

    [Fact]
    public async Task Stream_ThatFollows_FindsACommitOfAnotherProcess()
    {
        var account = await ConnectWithAsync(1);
        await using var stream = Feed.StreamAsync(account, 1, follow: true).GetAsyncEnumerator();
        var next = stream.MoveNextAsync();
        await Time.WaitForTimersAsync();

        await ChangeAsync(account, 1, 5);
        Time.Advance(TimeSpan.FromSeconds(1));

        (await next).ShouldBeTrue();
        stream.Current.Position.ShouldBe(2);
    }

    [Fact]
    public async Task Stream_ThatFollows_EndsWhenItIsCancelled()
    {
        var account = await ConnectWithAsync(1);
        using var stop = new CancellationTokenSource();
        await using var stream = Feed.StreamAsync(account, 1, follow: true, stop.Token).GetAsyncEnumerator(CancellationToken.None);
        var next = stream.MoveNextAsync();

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(async () => await next);
    }

    [Fact]
    public async Task Lag_OfFeeds_IsToldInEntriesTimeAndPauses()
    {
        var lag = Store.Services.GetRequiredService<FeedLag>();
        await lag.RefreshAsync();
        Observe().ShouldBe(Figures(0, 0, 0), ignoreOrder: true);
        var account = await ConnectWithAsync(4);
        Shop.Before = static (batch, _) => batch.LastPosition > 3 ? throw new InvalidOperationException("no") : Task.CompletedTask;
        await RunAsync(account);
        await Store.ExecuteAsync($"update stock_feeds set paused_at = created_at where user_id = '{account}'");
        await lag.RefreshAsync();

        var behind = Observe();
        Time.Advance(TimeSpan.FromMinutes(4));
        var later = Observe();
        Time.Advance(TimeSpan.FromMinutes(2));

        (behind["brx.feed.lag"], behind["brx.feed.paused"]).ShouldBe((1, 1));
        (later["brx.feed.lag.time"] - behind["brx.feed.lag.time"]).ShouldBe(240, tolerance: 0.001);
        Observe().ShouldBeEmpty();

        static Dictionary<string, double> Figures(double lag, double time, double paused) => new()
        {
            ["brx.feed.lag"] = lag, ["brx.feed.lag.time"] = time, ["brx.feed.paused"] = paused,
        };
    }

    private async Task<List<long>> ReadAsync(AccountId account, long after)
    {
        var positions = new List<long>();
        await foreach (var entry in Feed.StreamAsync(account, after))
        {
            positions.Add(entry.Position);
        }

        return positions;
    }

    /// <summary>Reads the gauges of feeds as a host would.</summary>
    private Dictionary<string, double> Observe()
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        var meters = Store.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Name.StartsWith("brx.feed.", StringComparison.Ordinal))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return values;

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            tags.ToArray().ShouldBe([new KeyValuePair<string, object?>("feed", Name)]);
            values.Add(instrument.Name, value);
        }
    }
}
