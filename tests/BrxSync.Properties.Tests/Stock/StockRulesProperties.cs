using BrxSync.Properties.Tests.Stock.Simulation;
using Xunit.Abstractions;

namespace BrxSync.Properties.Tests.Stock;

/// <summary>
/// The stock rules R1 to R10 over random histories. Set BRXSYNC_SEED to play one seed again, BRXSYNC_HISTORIES to play more,
/// BRXSYNC_SHRINK=0 to see a failing history as it is.
/// </summary>
public sealed class StockRulesProperties(ITestOutputHelper output)
{
    private const int Histories = 10_000;
    private const int FirstSeed = 20_261_102;

    [Fact]
    public void Rules_RandomHistories_HoldAfterEveryStepAndAtRest()
    {
        var (first, count) = (FirstSeed, Histories);
        if (int.TryParse(Environment.GetEnvironmentVariable("BRXSYNC_SEED"), out var seed))
        {
            (first, count) = (seed, 1);
        }
        else if (int.TryParse(Environment.GetEnvironmentVariable("BRXSYNC_HISTORIES"), out var wanted))
        {
            count = wanted;
        }

        var (exact, above, stepped, held, forgotten) = (0L, 0L, 0L, 0L, 0L);
        for (var i = 0; i < count; i++)
        {
            var history = History.Random(first + i);
            if (Fault(history, null, Count) is { } fault)
            {
                var shrunk = Environment.GetEnvironmentVariable("BRXSYNC_SHRINK") == "0"
                    ? history
                    : Shrinker.Shrink(history, shorter => Fault(shorter)?.Rule == fault.Rule);
                var trace = new List<string>();
                Assert.Fail($"{Fault(shrunk, trace.Add)!.Message}{Environment.NewLine}{shrunk}{string.Join(Environment.NewLine, trace)}");
            }
        }

        output.WriteLine(
            $"{count} histories from seed {first}: {exact} times exact, {above} times not above while a read was due; {stepped} of them after CardTrader's clock was set; {held} times what is held back compared with what is there; {forgotten} orders forgotten");
        stepped.ShouldBeGreaterThan(count == 1 ? -1 : 0);

        void Count(Checks checks) =>
            (exact, above, stepped, held, forgotten) = (
                exact + checks.ExactChecks, above + checks.AboveChecks, stepped + checks.ChecksAfterSteps, held + checks.HoldChecks,
                forgotten + checks.ForgottenOrders);
    }

    private static BrokenException? Fault(History history, Action<string>? trace = null, Action<Checks>? count = null)
    {
        try
        {
            var played = Rehearsal.Play(history, trace);
            count?.Invoke(played.Checks);
            return null;
        }
        catch (BrokenException broken)
        {
            return broken;
        }
        catch (Exception crash)
        {
            return new BrokenException("crash", crash.ToString());
        }
    }
}
