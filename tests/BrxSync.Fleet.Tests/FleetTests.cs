using System.Diagnostics;
using BrxSync.Integration.Tests.Jobs;
using Xunit.Abstractions;

namespace BrxSync.Fleet.Tests;

/// <summary>
/// Workers are killed, or stand still for longer than others wait for them, while shops are synchronized, edited, bought from and sold on
/// both sides. At rest nothing was lost, nothing done twice, and the limits of CardTrader and of the pools held. BRXSYNC_FLEET makes it
/// larger.
/// </summary>
public sealed class FleetTests(ITestOutputHelper output)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(6);
    private readonly FleetSize _size = FleetSize.Read();
    private readonly Random _random = new(20261201);
    private long _mostConnections;

    [Fact]
    public Task Shops_WorkersAreKilled_AreRightInTheEnd() => PlayAsync(async fleet =>
    {
        await fleet.KillAsync(_random.Next(fleet.Workers.Count));
        fleet.StartWorker();
    });

    [Fact]
    public Task Shops_WorkersStandStill_AreRightInTheEnd() => PlayAsync(async fleet =>
    {
        var worker = fleet.Workers[_random.Next(fleet.Workers.Count)];
        await SignalAsync(worker, "STOP");
        await WaitAsync(fleet, _size.Standstill);
        await SignalAsync(worker, "CONT");
    });

    private async Task PlayAsync(Func<Fleet, Task> mishap)
    {
        var started = Stopwatch.GetTimestamp();
        await using var fleet = new Fleet(_size);
        await fleet.StartAsync();
        foreach (var shop in fleet.Shops)
        {
            await shop.StartSyncAsync();
        }

        await RestAsync(fleet, "the first syncs end");
        foreach (var shop in fleet.Shops)
        {
            await shop.BeginAsync();
        }

        var synced = Stopwatch.GetElapsedTime(started);
        using var end = new CancellationTokenSource();
        var trading = fleet.Shops.Select(shop => shop.TradeAsync(end.Token)).ToArray();
        for (var i = 0; i < _size.Mishaps; i++)
        {
            await fleet.Shops[i % fleet.Shops.Count].StartSyncAsync();
            await AfterCallsAsync(fleet, 10 + _random.Next(30));
            await mishap(fleet);
        }

        await end.CancelAsync();
        await Task.WhenAll(trading);
        var ended = Stopwatch.GetTimestamp();
        await RestAsync(fleet, "all that was begun ends");
        output.WriteLine(
            $"{_size}: first syncs {synced:m\\:ss}, rest after {Stopwatch.GetElapsedTime(ended):m\\:ss}, "
            + $"{fleet.Shops.Sum(shop => shop.Steps)} steps, {fleet.Marketplace.Calls.Count} calls, "
            + $"purchases {string.Join(", ", fleet.Shops.SelectMany(shop => shop.Purchases).GroupBy(made => made.Key, made => made.Value)
                .Select(made => $"{made.Sum()} {made.Key}"))}, "
            + $"at most {_mostConnections} connections, {fleet.Lines.Count(IsError)} errors logged");
        foreach (var line in fleet.Lines.Where(IsError).Take(10))
        {
            output.WriteLine(line);
        }

        foreach (var shop in fleet.Shops)
        {
            await shop.ShouldBeWholeAsync();
            await shop.StartSyncAsync();
        }

        await RestAsync(fleet, "everything is read");
        foreach (var shop in fleet.Shops)
        {
            await shop.ShouldEqualMarketplaceAsync();
        }

        fleet.Marketplace.CheckInvariants().ShouldBeEmpty();
        fleet.Marketplace.Calls.CountOf(429).ShouldBe(0);
        _mostConnections.ShouldBeLessThanOrEqualTo((FleetSize.Workers + 1) * FleetSize.PoolSize);
        fleet.Lines.Where(line => line.Contains("ux_test_executing", StringComparison.Ordinal)).ShouldBeEmpty("no job ran twice at once");
        fleet.Lines.Where(line => line.Contains("Unhandled", StringComparison.Ordinal)).ShouldBeEmpty();
        fleet.Workers.ShouldAllBe(worker => !worker.HasEnded);
    }

    private static bool IsError(string line) => line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal);

    private async Task RestAsync(Fleet fleet, string what)
    {
        var (started, undone) = (Stopwatch.GetTimestamp(), "");
        using var moments = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        for (var quiet = 0; quiet < 4; quiet = undone.Length == 0 ? quiet + 1 : 0)
        {
            await moments.WaitForNextTickAsync();
            undone = await fleet.FindUndoneAsync();
            await NoteConnectionsAsync(fleet);
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(LongestWait, $"{what}: {undone}");
        }
    }

    /// <summary>Waits until the marketplace was called some more times.</summary>
    private async Task AfterCallsAsync(Fleet fleet, int calls)
    {
        var (started, until) = (Stopwatch.GetTimestamp(), fleet.Marketplace.Calls.Count + calls);
        using var moments = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (fleet.Marketplace.Calls.Count < until)
        {
            await moments.WaitForNextTickAsync();
            await NoteConnectionsAsync(fleet);
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(LongestWait, "calls are made");
        }
    }

    private async Task WaitAsync(Fleet fleet, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        using var moments = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            await moments.WaitForNextTickAsync();
            await NoteConnectionsAsync(fleet);
        }
    }

    private async Task NoteConnectionsAsync(Fleet fleet) =>
        _mostConnections = Math.Max(_mostConnections, await fleet.CountConnectionsAsync());

    private static async Task SignalAsync(WorkerProcess worker, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{worker.Id}"]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
    }
}
