using BrxSync.Sync.Stock;

namespace BrxSync.Properties.Tests.Stock;

public sealed class ServerClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Window_NothingLearned_IsOurClockWidenedByASecond()
    {
        var window = ServerClock.Unknown.Window(Noon, Noon.AddSeconds(3));

        window.ShouldBe(new SnapshotWindow(Noon.AddSeconds(-1), Noon.AddSeconds(4)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(37.4)]
    [InlineData(-7200.9)]
    public void Learn_QuickAnswers_FindTheOffsetWithinTheWidening(double offsetSeconds)
    {
        var offset = TimeSpan.FromSeconds(offsetSeconds);
        var clock = Learn(ServerClock.Unknown, Noon, offset, 20, TimeSpan.FromMilliseconds(80));

        (clock.Offset - offset).Duration().ShouldBeLessThan(TimeSpan.FromSeconds(0.6));
        clock.Uncertainty.ShouldBeLessThan(SnapshotWindow.Widening);
    }

    [Fact]
    public void Window_RandomLatenciesAndOffsets_AlwaysHoldsTheTrueInstants()
    {
        var random = new Random(20261122);
        for (var run = 0; run < 500; run++)
        {
            var offset = TimeSpan.FromMilliseconds(random.Next(-100_000, 100_000));
            var clock = ServerClock.Unknown;
            var now = Noon;
            for (var call = 0; call < 30; call++)
            {
                var latency = TimeSpan.FromMilliseconds(random.Next(1, random.Next(2, 8000)));
                var written = now + (latency * random.NextDouble()) + offset;
                clock = clock.Learn(now, now + latency, WholeSecond(written));
                var window = clock.Window(now, now + latency);

                window.From.ShouldBeLessThanOrEqualTo(now + offset);
                window.To.ShouldBeGreaterThanOrEqualTo(now + latency + offset);
                now += TimeSpan.FromMilliseconds(random.Next(10, 5000));
            }
        }
    }

    [Fact]
    public void Learn_OneContradictingAnswer_ChangesNothing()
    {
        var clock = Learn(ServerClock.Unknown, Noon, TimeSpan.FromSeconds(5), 10, TimeSpan.FromMilliseconds(50));
        var jumped = clock.Learn(Noon, Noon.AddMilliseconds(50), Noon.AddHours(1));

        jumped.Offset.ShouldBe(clock.Offset);
        Learn(jumped, Noon, TimeSpan.FromSeconds(5), 1, TimeSpan.FromMilliseconds(50)).Offset.ShouldBe(clock.Offset, TimeSpan.FromSeconds(0.6));
    }

    [Fact]
    public void Learn_ContradictingAnswersThatDisagree_ChangeNothing()
    {
        var clock = Learn(ServerClock.Unknown, Noon, TimeSpan.FromSeconds(5), 10, TimeSpan.FromMilliseconds(50));
        var after = Enumerable.Range(1, 9).Aggregate(clock, (known, i) => known.Learn(Noon, Noon.AddMilliseconds(50), Noon.AddHours(i)));

        after.Offset.ShouldBe(clock.Offset);
    }

    [Fact]
    public void Learn_LastingJump_IsBelievedAfterThreeAnswers()
    {
        var clock = Learn(ServerClock.Unknown, Noon, TimeSpan.FromSeconds(5), 10, TimeSpan.FromMilliseconds(50));
        var jump = TimeSpan.FromMinutes(10);

        Learn(clock, Noon, jump, 2, TimeSpan.FromMilliseconds(50)).Offset.ShouldBe(clock.Offset);
        Learn(clock, Noon, jump, 3, TimeSpan.FromMilliseconds(50)).Offset.ShouldBe(jump, TimeSpan.FromSeconds(0.6));
    }

    [Fact]
    public void Learn_AnswerThatEndsBeforeItStarts_IsIgnored() =>
        ServerClock.Unknown.Learn(Noon, Noon.AddSeconds(-1), Noon).IsKnown.ShouldBeFalse();

    [Theory]
    [InlineData(-1, nameof(WindowSide.Before))]
    [InlineData(0, nameof(WindowSide.Inside))]
    [InlineData(10, nameof(WindowSide.Inside))]
    [InlineData(11, nameof(WindowSide.After))]
    public void SideOf_Instant_IsToldByTheEnds(int second, string side) =>
        new SnapshotWindow(Noon, Noon.AddSeconds(10)).SideOf(Noon.AddSeconds(second)).ToString().ShouldBe(side);

    [Theory]
    [InlineData(-5, -1, nameof(WindowSide.Before))]
    [InlineData(-5, 3, nameof(WindowSide.Inside))]
    [InlineData(-5, 30, nameof(WindowSide.Inside))]
    [InlineData(3, 30, nameof(WindowSide.Inside))]
    [InlineData(11, 30, nameof(WindowSide.After))]
    public void SideOf_Span_IsInsideUnlessCertain(int earliest, int latest, string side) =>
        new SnapshotWindow(Noon, Noon.AddSeconds(10)).SideOf(Noon.AddSeconds(earliest), Noon.AddSeconds(latest)).ToString().ShouldBe(side);

    [Fact]
    public void SnapshotWindow_EndBeforeStart_IsRefused() =>
        Should.Throw<ArgumentException>(() => new SnapshotWindow(Noon, Noon.AddSeconds(-1)));

    private static ServerClock Learn(ServerClock clock, DateTimeOffset start, TimeSpan offset, int answers, TimeSpan latency)
    {
        for (var i = 0; i < answers; i++)
        {
            var sent = start + TimeSpan.FromMilliseconds(i * 137);
            clock = clock.Learn(sent, sent + latency, WholeSecond(sent + (latency / 2) + offset));
        }

        return clock;
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset instant) => new(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
