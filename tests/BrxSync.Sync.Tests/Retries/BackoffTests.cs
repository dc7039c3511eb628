using BrxSync.Sync.Retries;

namespace BrxSync.Sync.Tests.Retries;

public sealed class BackoffTests
{
    private const int Tries = 200;

    private static readonly TimeSpan Far = TimeSpan.FromDays(365);

    private static IEnumerable<TimeSpan> Pauses(int attempts, TimeSpan limit) =>
        Enumerable.Range(0, Tries).Select(_ => Backoff.After(attempts, limit));

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 4)]
    [InlineData(2, 8)]
    [InlineData(5, 64)]
    [InlineData(10, 2048)]
    public void After_EachAttempt_DoublesAndLiesBetweenHalfAndFull(int attempts, int seconds) =>
        Pauses(attempts, Far).ShouldAllBe(pause => pause >= TimeSpan.FromSeconds(seconds) / 2 && pause <= TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(9)]
    [InlineData(20)]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    public void After_ManyAttempts_StaysBetweenHalfTheLimitAndTheLimit(int attempts)
    {
        var limit = TimeSpan.FromMinutes(15);

        Pauses(attempts, limit).ShouldAllBe(pause => pause >= limit / 2 && pause <= limit);
    }

    [Fact]
    public void After_HugeAttemptsWithoutANearLimit_EndsDoubling() =>
        Pauses(int.MaxValue, Far).ShouldAllBe(pause => pause <= TimeSpan.FromSeconds(2) * (1 << 20));

    [Fact]
    public void After_ManyAtOnce_ComeBackAtDifferentTimes() => Pauses(3, Far).Distinct().Count().ShouldBeGreaterThan(Tries / 2);
}
