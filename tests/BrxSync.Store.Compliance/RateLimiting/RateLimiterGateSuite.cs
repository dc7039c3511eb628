using BrxSync.Client.RateLimiting;
using BrxSync.Testing;
using Xunit.Abstractions;

namespace BrxSync.Store.Compliance.RateLimiting;

/// <summary>The gate of the limiter: no refusal and at least 97 % of 200 requests per 10 s, whatever way the server counts.</summary>
/// <remarks>Callers are what shares the limiter: parts of one process, or processes.</remarks>
public abstract class RateLimiterGateSuite(ITestOutputHelper output)
{
    private static readonly TimeSpan OneWay = TimeSpan.FromMilliseconds(60);

    public static TheoryData<string, bool> Models()
    {
        var data = new TheoryData<string, bool>();
        foreach (var model in new[]
        {
            "fixed aligned window", "sliding log", "sliding log counting refusals", "weighted counter", "bucket of 200",
            "bucket of 20 at 20/s",
        })
        {
            data.Add(model, false);
            data.Add(model, true);
        }

        return data;
    }

    /// <summary>For how long callers send, in virtual time.</summary>
    protected virtual TimeSpan Duration => TimeSpan.FromMinutes(2);

    [Theory]
    [MemberData(nameof(Models))]
    public void AcquireAsync_ThreeCallersSaturateForTwoMinutes_NoRefusalAndFullUse(string model, bool oneIsUrgent)
    {
        var load = new LimiterLoad(model, oneWay: _ => OneWay, Begin);

        load.Run(
            Duration, oneIsUrgent ? RateLimitPriority.High : RateLimitPriority.Normal, RateLimitPriority.Normal, RateLimitPriority.Normal);

        output.WriteLine(
            $"{model}, one urgent caller: {oneIsUrgent}: {load.Accepted} accepted, {load.Refused} refused, {load.Utilisation:P2}, "
            + $"per caller {string.Join(" / ", load.PerCaller)}");
        load.Refused.ShouldBe(0);
        load.Utilisation.ShouldBeGreaterThanOrEqualTo(0.97);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void AcquireAsync_LatencyJitters_NoRefusal(string model, bool oneIsUrgent)
    {
        var random = new Random(20261122);
        var load = new LimiterLoad(model, oneWay: _ => TimeSpan.FromMilliseconds(20 + (random.NextDouble() * 180)), Begin);

        load.Run(
            Duration, oneIsUrgent ? RateLimitPriority.High : RateLimitPriority.Normal, RateLimitPriority.Normal, RateLimitPriority.Normal);

        output.WriteLine(
            $"{model}, one urgent caller: {oneIsUrgent}: {load.Accepted} accepted, {load.Refused} refused, {load.Utilisation:P2}");
        load.Refused.ShouldBe(0);
    }

    [Fact]
    public void AcquireAsync_ThreeEqualCallers_ShareEvenly()
    {
        var load = new LimiterLoad("sliding log", oneWay: _ => OneWay, Begin);

        load.Run(Duration, RateLimitPriority.Normal, RateLimitPriority.Normal, RateLimitPriority.Normal);

        load.PerCaller.Max().ShouldBeLessThanOrEqualTo((int)(load.PerCaller.Min() * 1.02) + 1);
    }

    [Fact]
    public void AcquireAsync_EightCallersOfWhichOneIsUrgent_NobodyStarves()
    {
        var load = new LimiterLoad("sliding log", oneWay: _ => OneWay, Begin);

        load.Run(Duration, [RateLimitPriority.High, .. Enumerable.Repeat(RateLimitPriority.Normal, 7)]);

        output.WriteLine($"per caller {string.Join(" / ", load.PerCaller)}");
        load.Refused.ShouldBe(0);
        var normal = load.PerCaller.Skip(1).ToArray();
        normal.Min().ShouldBeGreaterThan(0);
        (normal.Max() - normal.Min()).ShouldBeLessThanOrEqualTo(LimiterLoad.InFlightPerCaller);
        load.Utilisation.ShouldBeGreaterThanOrEqualTo(0.97);
    }

    [Fact]
    public void AcquireAsync_SomebodyElseUsesHalfTheLimit_SettlesBelowTheRest()
    {
        // The server gives us what another program leaves: 100 in 10 seconds. Nobody knows that but the refusals.
        var load = new LimiterLoad("half", oneWay: _ => OneWay, Begin);

        load.Run(TimeSpan.FromMinutes(5), RateLimitPriority.Normal, RateLimitPriority.Normal);

        load.Refused.ShouldBeLessThan(load.Accepted / 20);
        load.Accepted.ShouldBeGreaterThan(2_000);
    }

    /// <summary>Makes the limiters of a run.</summary>
    protected abstract ILimitersUnderTest Begin(ManualTimeProvider time);

    [Fact]
    public void AcquireAsync_UrgentRequestsAmongSaturatingWork_WaitLessThanATenthOfASecond()
    {
        var load = new LimiterLoad("sliding log", oneWay: _ => OneWay, Begin);
        var waits = new List<TimeSpan>();

        load.Run(Duration, new[] { RateLimitPriority.Normal, RateLimitPriority.Normal, RateLimitPriority.Normal }, async (limiter, time) =>
        {
            for (var i = 0; i < 100; i++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1013), time);
                var lease = await limiter.AcquireAsync(new RateLimitRequest(LimiterLoad.Key, Priority: RateLimitPriority.High));
                waits.Add(lease!.Waited);
                await load.CompleteAsync(limiter, lease, RateLimitOutcome.Answered);
            }
        });

        waits.Count.ShouldBe(100);
        waits.Max().ShouldBeLessThan(TimeSpan.FromMilliseconds(100));
    }
}
