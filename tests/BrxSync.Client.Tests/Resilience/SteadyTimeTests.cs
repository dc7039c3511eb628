using BrxSync.Client.Resilience;
using BrxSync.Testing;

namespace BrxSync.Client.Tests.Resilience;

public sealed class SteadyTimeTests
{
    private readonly ManualTimeProvider _wall = new();

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public void GetUtcNow_WallClockStepped_GoesOnAsIfNothingHappened(int hours)
    {
        var steady = new SteadyTime(_wall);
        _wall.Advance(TimeSpan.FromSeconds(5));

        _wall.StepWallClock(TimeSpan.FromHours(hours));
        _wall.Advance(TimeSpan.FromSeconds(5));

        steady.GetUtcNow().ShouldBe(_wall.Start.AddSeconds(10));
    }

    [Fact]
    public void TimestampsAndTimers_OfTheWallClock_AreItsOwn()
    {
        var steady = new SteadyTime(_wall);
        var fired = 0;
        using var timer = steady.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        var start = steady.GetTimestamp();

        _wall.Advance(TimeSpan.FromSeconds(3));

        fired.ShouldBe(3);
        steady.GetElapsedTime(start).ShouldBe(TimeSpan.FromSeconds(3));
        steady.LocalTimeZone.ShouldBe(_wall.LocalTimeZone);
    }
}
