using System.Diagnostics;
using BrxSync.Simulator;
using BrxSync.Simulator.Limits;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace BrxSync.Client.Tests.RateLimiting;

/// <summary>The gate of the limiter in real time: the whole client against the simulator, which counts in six ways.</summary>
/// <remarks>Short by default; set <c>BRXSYNC_GATE_SECONDS=120</c> for the full two minutes.</remarks>
public sealed class SimulatorGateTests(ITestOutputHelper output)
{
    private const int Callers = 3;
    private const int InFlightPerCaller = 8;
    private static readonly TimeSpan OneWay = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable("BRXSYNC_GATE_SECONDS"), out var seconds) ? seconds : 15);

    [Fact]
    public async Task Client_ThreeCallersSaturateEveryModel_NoRefusal()
    {
        var runs = await Task.WhenAll(Enum.GetValues<LimiterModel>().Where(model => model != LimiterModel.None).Select(SaturateAsync));

        foreach (var run in runs)
        {
            output.WriteLine($"{run.Model}: {run.Accepted} accepted, {run.Refused} refused, {run.Utilisation:P2} of 200 per 10 s");
        }

        runs.Length.ShouldBe(6);
        runs.ShouldAllBe(run => run.Refused == 0);

        // A busy machine wakes callers late; the exact figure is that of the virtual-time gate.
        runs.ShouldAllBe(run => run.Utilisation > 0.8);
    }

    private static async Task<(LimiterModel Model, long Accepted, long Refused, double Utilisation)> SaturateAsync(LimiterModel model)
    {
        var options = new CardTraderSimulatorOptions { Limiter = model, NetworkLatency = OneWay };
        options.Sellers.Add(new SellerOptions { Products = 1 });
        await using var simulator = await CardTraderSimulatorHost.StartAsync(options);
        await using var services = new ServiceCollection()
            .AddCardTraderClient(client => client.BaseAddress = simulator.BaseAddress).Services.BuildServiceProvider();
        var account = services.GetRequiredService<ICardTraderClient>().ForToken(new CardTraderToken(simulator.Seller().Token));
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers * InFlightPerCaller).Select(async _ =>
        {
            while (clock.Elapsed < Duration)
            {
                await account.Account.GetInfoAsync();
            }
        }));
        var elapsed = clock.Elapsed;
        var refused = simulator.Calls.CountOf(429);
        var accepted = simulator.Calls.Count - refused;
        return (model, accepted, refused, accepted / (20 * elapsed.TotalSeconds));
    }
}
