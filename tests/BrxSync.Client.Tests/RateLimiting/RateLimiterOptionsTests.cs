using BrxSync.Client.RateLimiting;

namespace BrxSync.Client.Tests.RateLimiting;

public sealed class RateLimiterOptionsTests
{
    [Fact]
    public void Validate_Defaults_Succeed()
    {
        new RateLimiterOptionsValidator().Validate(null, new RateLimiterOptions()).Succeeded.ShouldBeTrue();
        new RateLimiterOptionsRules().Validate(null, new RateLimiterOptions()).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public void Validate_SeveralRangesBroken_NamesEachOfThem()
    {
        var options = new RateLimiterOptions { RequestsPerWindow = 201, Burst = 0, MarketplaceRequestsPerSecond = 11, QueueLimit = -1 };

        var result = new RateLimiterOptionsValidator().Validate(null, options);

        result.Failures!.Count().ShouldBe(4);
    }

    [Fact]
    public void Validate_PaceAboveTheWindow_SaysByHowMuchAndWhatToDo()
    {
        var options = new RateLimiterOptions { RequestsPerSecond = 20, Burst = 5, Window = TimeSpan.FromSeconds(10) };

        var result = new RateLimiterOptionsRules().Validate(null, options);

        result.FailureMessage!.ShouldContain("205 requests in a window of 10 s");
        result.FailureMessage!.ShouldContain("Lower RequestsPerSecond or Burst");
    }

    [Fact]
    public void Validate_DurationsOutOfRange_ListsAllWithTheirValues()
    {
        var options = new RateLimiterOptions
        {
            Window = TimeSpan.Zero, JobPollInterval = TimeSpan.FromMilliseconds(500), LeaseLifetime = TimeSpan.FromDays(1),
        };

        var result = new RateLimiterOptionsRules().Validate(null, options);

        result.Failures!.Count().ShouldBe(3);
        result.FailureMessage!.ShouldContain("JobPollInterval is 00:00:00.5000000. Set it between 00:00:01 and 00:01:00.");
    }
}
