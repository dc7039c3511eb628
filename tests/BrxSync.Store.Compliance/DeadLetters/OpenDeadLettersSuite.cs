using System.Diagnostics.Metrics;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.DeadLetters;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.DeadLetters;

/// <summary>The metric of how many dead letters are open.</summary>
public abstract class OpenDeadLettersSuite : StoreSuite
{
    private readonly ManualTimeProvider _time = new();

    private readonly IMeterFactory _meters = new ServiceCollection()
        .AddMetrics()
        .BuildServiceProvider()
        .GetRequiredService<IMeterFactory>();

    [Fact]
    public async Task Refresh_LettersOfManyAccounts_CountsTheOpenOnesBySource()
    {
        var (first, second) = (await ConnectAsync(), await ConnectAsync());
        await WriteAsync(first, new DeadLetterKey("orders", "1"), new DeadLetterKey("orders", "2"), new DeadLetterKey("feed", "1"));
        await WriteAsync(second, new DeadLetterKey("orders", "1"));
        var letters = Store.Services.GetRequiredService<IDeadLetters>();
        await letters.DiscardAsync(first, (await letters.ListAsync(first)).Items.First(letter => letter.Source == "orders").Id, "known");
        var open = Create();

        await open.RefreshAsync();

        Observe().ShouldBe(new Dictionary<string, long> { ["orders"] = 2, ["feed"] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task Refresh_NoLetters_TellsZeroAndFallsSilentAfterAWhile()
    {
        var open = Create();
        Observe().ShouldBeEmpty("nobody has looked yet");

        await open.RefreshAsync();
        var soon = Observe();
        _time.Advance(TimeSpan.FromMinutes(6));

        soon.ShouldBe(new Dictionary<string, long> { ["orders"] = 0 });
        Observe().ShouldBeEmpty("another process has newer figures");
    }

    private OpenDeadLetters Create() => new(
        Store.Services.GetRequiredService<IDeadLetterStore>(),
        Store.Services.GetServices<IDeadLetterSource>().Where(source => source.Name == DeadLetterSources.Orders),
        _meters,
        _time);

    private async Task WriteAsync(AccountId account, params DeadLetterKey[] keys)
    {
        await using var session = await Store.Stock.OpenAsync(account);
        await session.LoadAsync(new StockScope());
        await session.SaveAsync(new StockWrites
        {
            DeadLetters =
            [
                .. keys.Select(key => new DeadLetterEntry
                {
                    Key = key, Kind = "any", Attempts = 1, ErrorCode = "CODE", Error = "it failed", Payload = "{}",
                }),
            ],
        });
    }

    private Dictionary<string, long> Observe()
    {
        var values = new Dictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, _meters))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => values[$"{tags.ToArray().Single(tag => tag.Key == "source").Value}"] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return values;
    }
}
