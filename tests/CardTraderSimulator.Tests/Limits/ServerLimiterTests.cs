using BrxSync.Simulator.Limits;

namespace BrxSync.Simulator.Tests.Limits;

public sealed class ServerLimiterTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(LimiterModel.FixedWindow, 200)]
    [InlineData(LimiterModel.SlidingLog, 200)]
    [InlineData(LimiterModel.SlidingLogCountingRefusals, 200)]
    [InlineData(LimiterModel.WeightedCounter, 200)]
    [InlineData(LimiterModel.Bucket200, 200)]
    [InlineData(LimiterModel.Bucket20, 20)]
    public void TryTake_Burst_AcceptsTheModelsBurst(LimiterModel model, int expected) =>
        Accepted(ServerLimiter.Create(model)!, Start, 300).ShouldBe(expected);

    [Theory]
    [InlineData(LimiterModel.FixedWindow, 200)]
    [InlineData(LimiterModel.SlidingLog, 0)]
    [InlineData(LimiterModel.WeightedCounter, 2)]
    public void TryTake_NextWindowJustAfterABurst_ShowsWhatTheModelRemembers(LimiterModel model, int expected)
    {
        var limiter = ServerLimiter.Create(model)!;
        Accepted(limiter, Start.AddSeconds(9.9), 200).ShouldBe(200);

        Accepted(limiter, Start.AddSeconds(10.1), 300).ShouldBe(expected);
    }

    [Fact]
    public void TryTake_KnockingOn_StaysOutOnlyWhereRefusalsCount()
    {
        Knock(LimiterModel.SlidingLog).ShouldBeGreaterThan(300);
        Knock(LimiterModel.SlidingLogCountingRefusals).ShouldBe(200);
    }

    [Theory]
    [InlineData(LimiterModel.Bucket200, 20)]
    [InlineData(LimiterModel.Bucket20, 20)]
    public void TryTake_ASecondLater_BucketHasTwentyMore(LimiterModel model, int expected)
    {
        var limiter = ServerLimiter.Create(model)!;
        Accepted(limiter, Start, 300);

        Accepted(limiter, Start.AddSeconds(1), 100).ShouldBe(expected);
    }

    [Fact]
    public void TryTake_SlidingLogAfterItsWindow_AcceptsAgain()
    {
        var limiter = ServerLimiter.Create(LimiterModel.SlidingLog)!;
        Accepted(limiter, Start, 200);

        limiter.TryTake(Start.AddSeconds(9.999)).ShouldBeFalse();
        limiter.TryTake(Start.AddSeconds(10)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(LimiterModel.FixedWindow)]
    [InlineData(LimiterModel.SlidingLog)]
    [InlineData(LimiterModel.SlidingLogCountingRefusals)]
    [InlineData(LimiterModel.WeightedCounter)]
    [InlineData(LimiterModel.Bucket200)]
    [InlineData(LimiterModel.Bucket20)]
    public void TryTake_SteadyPaceBelowTheLimit_IsNeverRefused(LimiterModel model)
    {
        var limiter = ServerLimiter.Create(model)!;

        for (var call = 0; call < 4_000; call++)
        {
            limiter.TryTake(Start.AddSeconds(call / 19.6)).ShouldBeTrue();
        }
    }

    private static int Knock(LimiterModel model)
    {
        var limiter = ServerLimiter.Create(model)!;
        return Enumerable.Range(0, 3_000).Count(call => limiter.TryTake(Start.AddSeconds(call / 100.0)));
    }

    private static int Accepted(ServerLimiter limiter, DateTimeOffset at, int calls) =>
        Enumerable.Range(0, calls).Count(_ => limiter.TryTake(at));
}
