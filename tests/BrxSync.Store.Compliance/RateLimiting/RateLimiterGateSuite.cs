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
        var load = new Load(model, oneWay: _ => OneWay, Begin);

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
        var load = new Load(model, oneWay: _ => TimeSpan.FromMilliseconds(20 + (random.NextDouble() * 180)), Begin);

        load.Run(
            Duration, oneIsUrgent ? RateLimitPriority.High : RateLimitPriority.Normal, RateLimitPriority.Normal, RateLimitPriority.Normal);

        output.WriteLine(
            $"{model}, one urgent caller: {oneIsUrgent}: {load.Accepted} accepted, {load.Refused} refused, {load.Utilisation:P2}");
        load.Refused.ShouldBe(0);
    }

    [Fact]
    public void AcquireAsync_ThreeEqualCallers_ShareEvenly()
    {
        var load = new Load("sliding log", oneWay: _ => OneWay, Begin);

        load.Run(Duration, RateLimitPriority.Normal, RateLimitPriority.Normal, RateLimitPriority.Normal);

        load.PerCaller.Max().ShouldBeLessThanOrEqualTo((int)(load.PerCaller.Min() * 1.02) + 1);
    }

    [Fact]
    public void AcquireAsync_EightCallersOfWhichOneIsUrgent_NobodyStarves()
    {
        var load = new Load("sliding log", oneWay: _ => OneWay, Begin);

        load.Run(Duration, [RateLimitPriority.High, .. Enumerable.Repeat(RateLimitPriority.Normal, 7)]);

        output.WriteLine($"per caller {string.Join(" / ", load.PerCaller)}");
        load.Refused.ShouldBe(0);
        var normal = load.PerCaller.Skip(1).ToArray();
        normal.Min().ShouldBeGreaterThan(0);
        normal.Max().ShouldBeLessThanOrEqualTo((int)(normal.Min() * 1.1) + 1);
        load.Utilisation.ShouldBeGreaterThanOrEqualTo(0.97);
    }

    [Fact]
    public void AcquireAsync_SomebodyElseUsesHalfTheLimit_SettlesBelowTheRest()
    {
        // The server gives us what another program leaves: 100 in 10 seconds. Nobody knows that but the refusals.
        var load = new Load("half", oneWay: _ => OneWay, Begin);

        load.Run(TimeSpan.FromMinutes(5), RateLimitPriority.Normal, RateLimitPriority.Normal);

        load.Refused.ShouldBeLessThan(load.Accepted / 20);
        load.Accepted.ShouldBeGreaterThan(2_000);
    }

    /// <summary>Makes the limiters of a run.</summary>
    protected abstract ILimitersUnderTest Begin(ManualTimeProvider time);

    [Fact]
    public void AcquireAsync_UrgentRequestsAmongSaturatingWork_WaitLessThanATenthOfASecond()
    {
        var load = new Load("sliding log", oneWay: _ => OneWay, Begin);
        var waits = new List<TimeSpan>();

        load.Run(Duration, new[] { RateLimitPriority.Normal, RateLimitPriority.Normal, RateLimitPriority.Normal }, async (limiter, time) =>
        {
            for (var i = 0; i < 100; i++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1013), time);
                var lease = await limiter.AcquireAsync(new RateLimitRequest(Load.Key, RateLimitBucket.General, RateLimitPriority.High));
                waits.Add(lease!.Waited);
                await load.CompleteAsync(limiter, lease, RateLimitOutcome.Answered);
            }
        });

        waits.Count.ShouldBe(100);
        waits.Max().ShouldBeLessThan(TimeSpan.FromMilliseconds(100));
    }

    private sealed class Load(string model, Func<int, TimeSpan> oneWay, Func<ManualTimeProvider, ILimitersUnderTest> begin)
    {
        public const string Key = "a1b2c3d4";
        private const int InFlightPerCaller = 8;
        private readonly ServerModel server = ServerModel.Create(model);
        private int requests;
        private int completing;

        public int Accepted { get; private set; }

        public int Refused { get; private set; }

        public int[] PerCaller { get; private set; } = [];

        public double Utilisation { get; private set; }

        public void Run(TimeSpan duration, params RateLimitPriority[] callers) => Run(duration, callers, (_, _) => Task.CompletedTask);

        public void Run(TimeSpan duration, RateLimitPriority[] callers, Func<IRateLimiter, TimeProvider, Task> beside)
        {
            var time = new ManualTimeProvider();
            using var limiters = begin(time);
            var forCaller = callers.Select(_ => limiters.Add()).ToArray();
            PerCaller = new int[callers.Length];
            VirtualTimeContext.Run(
                time,
                () => Task.WhenAll(
                    callers.SelectMany((priority, caller) => Enumerable.Range(0, InFlightPerCaller)
                        .Select(_ => SendAsync(forCaller[caller], time, caller, priority, duration)))
                        .Append(beside(forCaller[^1], time))),
                () => completing > 0 || limiters.AreBusy);
            Utilisation = Accepted / (20 * duration.TotalSeconds);
        }

        public async Task CompleteAsync(IRateLimiter limiter, RateLimitLease lease, RateLimitOutcome outcome)
        {
            completing++;
            await limiter.CompleteAsync(lease, outcome);
            completing--;
        }

        private async Task SendAsync(
            IRateLimiter limiter, ManualTimeProvider time, int caller, RateLimitPriority priority, TimeSpan duration)
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
                await CompleteAsync(
                    limiter, lease!, accepted ? RateLimitOutcome.Answered : RateLimitOutcome.Refused(RateLimitBucket.General));
            }
        }
    }
}
