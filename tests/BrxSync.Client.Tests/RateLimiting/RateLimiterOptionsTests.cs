using BrxSync.Client.RateLimiting;

namespace BrxSync.Client.Tests.RateLimiting;

public sealed class RateLimiterOptionsTests
{
    [Fact]
    public void Validate_Defaults_Succeed() => FindProblems(new RateLimiterOptions()).ShouldBeEmpty();

    [Fact]
    public void Validate_SeveralRangesBroken_NamesEachOfThem() =>
        FindProblems(new RateLimiterOptions { RequestsPerWindow = 201, Burst = 0, MarketplaceRequestsPerSecond = 11, QueueLimit = -1 })
            .Count.ShouldBe(4);

    [Fact]
    public void Validate_PaceAboveTheWindow_SaysByHowMuchAndWhatToDo()
    {
        var problem = FindProblems(new RateLimiterOptions { RequestsPerSecond = 20, Burst = 5, Window = TimeSpan.FromSeconds(10) })
            .ShouldHaveSingleItem();

        problem.ShouldStartWith("RateLimiter.RequestsPerSecond");
        problem.ShouldContain("205 requests in a window of 10 s");
        problem.ShouldContain("Lower RequestsPerSecond or Burst");
    }

    [Fact]
    public void Validate_DurationsOutOfRange_ListsAllWithTheirValues()
    {
        var problems = FindProblems(new RateLimiterOptions
        {
            Window = TimeSpan.Zero, JobPollInterval = TimeSpan.FromMilliseconds(500), LeaseLifetime = TimeSpan.FromDays(1),
        });

        problems.Count.ShouldBe(3);
        problems.ShouldContain("RateLimiter.JobPollInterval is 00:00:00.5000000. Set it between 00:00:01 and 00:01:00.");
    }

    /// <summary>Asks both validators that a host registers: the ranges beside the options, and the rules.</summary>
    private static List<string> FindProblems(RateLimiterOptions limits)
    {
        var options = new CardTraderClientOptions { RateLimiter = limits };
        return
        [
            .. new CardTraderClientOptionsValidator().Validate(null, options).Failures ?? [],
            .. new CardTraderClientOptionsRules().Validate(null, options).Failures ?? [],
        ];
    }
}
