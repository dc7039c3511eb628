using BrxSync.Sync.Retries;

namespace BrxSync.Sync.Tests.Retries;

/// <summary>The waits between attempts: full jitter.</summary>
public sealed class FullJitterTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(300);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(9, 256)]
    [InlineData(10, 300)]
    [InlineData(1_000, 300)]
    public void Full_AnyAttempt_IsSpreadFromNothingToTwiceAsMuchEachTime(int attempts, int seconds)
    {
        var random = new Random(4711);
        var longest = TimeSpan.FromSeconds(seconds);

        var waits = Enumerable.Range(0, 2_000).Select(_ => Backoff.Full(attempts, First, Limit, random)).ToArray();

        waits.ShouldAllBe(wait => wait >= TimeSpan.Zero && wait <= longest);
        waits.Min().ShouldBeLessThan(longest * 0.05);
        waits.Max().ShouldBeGreaterThan(longest * 0.95);
        (waits.Sum(wait => wait.TotalSeconds) / waits.Length).ShouldBe(seconds / 2.0, seconds * 0.03);
    }
}
