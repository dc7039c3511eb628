using BrxSync.Client.RateLimiting;
using BrxSync.Testing;
using Xunit.Abstractions;

namespace BrxSync.Client.Tests.RateLimiting;

/// <summary>The gate of the limiter: no refusal and at least 97 % of 200 requests per 10 s, whatever way the server counts.</summary>
public sealed class RateLimiterGateTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(2);
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

    [Theory]
    [MemberData(nameof(Models))]
    public void AcquireAsync_ThreeCallersSaturateForTwoMinutes_NoRefusalAndFullUse(string model, bool oneIsUrgent)
    {
        var load = new Load(model, oneWay: _ => OneWay);

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
        var load = new Load(model, oneWay: _ => TimeSpan.FromMilliseconds(20 + (random.NextDouble() * 180)));

        load.Run(
            Duration, oneIsUrgent ? RateLimitPriority.High : RateLimitPriority.Normal, RateLimitPriority.Normal, RateLimitPriority.Normal);

        output.WriteLine(
            $"{model}, one urgent caller: {oneIsUrgent}: {load.Accepted} accepted, {load.Refused} refused, {load.Utilisation:P2}");
        load.Refused.ShouldBe(0);
    }

    [Fact]
    public void AcquireAsync_ThreeEqualCallers_ShareEvenly()
    {
        var load = new Load("sliding log", oneWay: _ => OneWay);

        load.Run(Duration, RateLimitPriority.Normal, RateLimitPriority.Normal, RateLimitPriority.Normal);

        load.PerCaller.Max().ShouldBeLessThanOrEqualTo((int)(load.PerCaller.Min() * 1.02));
    }

    [Fact]
    public void AcquireAsync_UrgentRequestsAmongSaturatingWork_WaitLessThanATenthOfASecond()
    {
        var load = new Load("sliding log", oneWay: _ => OneWay);
        var waits = new List<TimeSpan>();

        load.Run(Duration, new[] { RateLimitPriority.Normal, RateLimitPriority.Normal, RateLimitPriority.Normal }, async (limiter, time) =>
        {
            for (var i = 0; i < 100; i++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1013), time);
                var lease = await limiter.AcquireAsync(new RateLimitRequest(Load.Key, RateLimitBucket.General, RateLimitPriority.High));
                waits.Add(lease!.Waited);
                await limiter.CompleteAsync(lease, RateLimitOutcome.Answered);
            }
        });

        waits.Count.ShouldBe(100);
        waits.Max().ShouldBeLessThan(TimeSpan.FromMilliseconds(100));
    }

    private sealed class Load(string model, Func<int, TimeSpan> oneWay)
    {
        public const string Key = "a1b2c3d4";
        private const int InFlightPerCaller = 8;
        private readonly ServerModel server = ServerModel.Create(model);
        private int requests;

        public int Accepted { get; private set; }

        public int Refused { get; private set; }

        public int[] PerCaller { get; private set; } = [];

        public double Utilisation { get; private set; }

        public void Run(TimeSpan duration, params RateLimitPriority[] callers) => Run(duration, callers, (_, _) => Task.CompletedTask);

        public void Run(TimeSpan duration, RateLimitPriority[] callers, Func<IRateLimiter, TimeProvider, Task> beside)
        {
            var time = new ManualTimeProvider();
            using var limiter = new InProcessRateLimiter(new RateLimiterOptions(), time);
            PerCaller = new int[callers.Length];
            VirtualTimeContext.Run(time, () => Task.WhenAll(
                callers.SelectMany((priority, caller) => Enumerable.Range(0, InFlightPerCaller)
                    .Select(_ => SendAsync(limiter, time, caller, priority, duration)))
                    .Append(beside(limiter, time))));
            Utilisation = Accepted / (20 * duration.TotalSeconds);
        }

        private async Task SendAsync(
            InProcessRateLimiter limiter, ManualTimeProvider time, int caller, RateLimitPriority priority, TimeSpan duration)
        {
            while (true)
            {
                var lease = await limiter.AcquireAsync(new RateLimitRequest(Key, RateLimitBucket.General, priority));
                if (time.GetUtcNow() - time.Start >= duration)
                {
                    return;
                }

                await Task.Delay(oneWay(requests++), time);
                var accepted = server.Accept((time.GetUtcNow() - time.Start).TotalSeconds);
                Accepted += accepted ? 1 : 0;
                Refused += accepted ? 0 : 1;
                PerCaller[caller]++;
                await Task.Delay(oneWay(requests++), time);
                await limiter.CompleteAsync(
                    lease!, accepted ? RateLimitOutcome.Answered : RateLimitOutcome.Refused(RateLimitBucket.General));
            }
        }
    }
}
