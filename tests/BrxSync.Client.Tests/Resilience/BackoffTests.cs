using BrxSync.Client.Resilience;

namespace BrxSync.Client.Tests.Resilience;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 8)]
    [InlineData(5, 20)]
    [InlineData(1000, 20)]
    public void Before_Retry_LiesBetweenNothingAndTheDoubledWait(int retry, int seconds)
    {
        var waits = Enumerable.Range(0, 1000)
            .Select(_ => Backoff.Before(retry, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20)))
            .ToList();

        waits.Min().ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(seconds / 2.0));
        waits.Max().ShouldBeInRange(TimeSpan.FromSeconds(seconds / 2.0), TimeSpan.FromSeconds(seconds));
    }
}
