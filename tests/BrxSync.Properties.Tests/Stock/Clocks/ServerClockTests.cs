using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Properties.Tests.Stock.Clocks;

public sealed class ServerClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(80);

    [Fact]
    public void WindowOf_NothingKnownAndNoDate_IsOurClockWidenedByASecond() =>
        ServerClock.Unknown.WindowOf(new DatedAnswer(Noon, Noon, null, default), Noon.AddSeconds(3), Noon.AddHours(1).AddSeconds(3))
            .ShouldBe(new SnapshotWindow(Noon.AddHours(1).AddSeconds(-1), Noon.AddHours(1).AddSeconds(4)));

    [Fact]
    public void WindowOf_FirstAnswer_IsItsOwnDate()
    {
        var answer = new DatedAnswer(Noon, Noon.AddSeconds(2), Noon.AddHours(5), default);

        var window = ServerClock.Unknown.WindowOf(answer, Noon.AddSeconds(9), Noon);

        window.ShouldBe(new SnapshotWindow(Noon.AddHours(5).AddSeconds(-3), Noon.AddHours(5).AddSeconds(11)));
    }

    [Fact]
    public void WindowOf_ServersThatDateTheirAnswerFirstAndLookLast_HoldsTheLook()
    {
        // The date is written on arrival, the stock is looked at just before the end of the body.
        var (sent, head, end) = (Noon, Noon.AddSeconds(100), Noon.AddSeconds(130));
        var answer = new DatedAnswer(sent, head, Noon, default);

        ServerClock.Unknown.WindowOf(answer, end, Noon).To.ShouldBeGreaterThan(end);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(37.4)]
    [InlineData(-7200.9)]
    public void At_QuickAnswers_HoldsThePresentWithinTheWidening(double offsetSeconds)
    {
        var offset = TimeSpan.FromSeconds(offsetSeconds);
        var present = Learn(ServerClock.Unknown, Noon, offset, 20).At(Noon.AddSeconds(3), default);

        (present.Now - Noon.AddSeconds(3) - offset).Duration().ShouldBeLessThan(TimeSpan.FromSeconds(0.6));
        present.Earliest.ShouldBeLessThanOrEqualTo(Noon.AddSeconds(3) + offset);
        present.Latest.ShouldBeInRange(Noon.AddSeconds(3) + offset, Noon.AddSeconds(10) + offset);
    }

    [Fact]
    public void At_NothingLearned_AnythingIsPossible()
    {
        var present = ServerClock.Unknown.At(Noon, Noon.AddHours(2));

        present.Now.ShouldBe(Noon.AddHours(2));
        present.IsBefore(Noon.AddHours(20)).ShouldBeFalse();
        present.MayBeBefore(Noon.AddYears(-10)).ShouldBeTrue();
    }

    [Fact]
    public void At_QuickAnswers_AllowsForMachinesThatDisagree()
    {
        var present = Learn(ServerClock.Unknown, Noon, TimeSpan.Zero, 10).At(Noon, default);

        present.IsBefore(present.Now.AddSeconds(4)).ShouldBeFalse("another machine of the marketplace may have said so");
    }

    [Fact]
    public void IsBefore_InstantBetweenTheBestGuessAndTheLatest_IsOnlyPossible()
    {
        var present = new Present(Noon, Noon.AddSeconds(-5), Noon.AddSeconds(5));

        present.IsBefore(Noon.AddSeconds(3)).ShouldBeFalse();
        present.IsBefore(Noon.AddSeconds(6)).ShouldBeTrue();
    }

    [Fact]
    public void MayBeBefore_InstantBetweenTheEarliestAndTheBestGuess_IsPossible()
    {
        var present = new Present(Noon, Noon.AddSeconds(-5), Noon.AddSeconds(5));

        present.MayBeBefore(Noon.AddSeconds(-3)).ShouldBeTrue();
        present.MayBeBefore(Noon.AddSeconds(-6)).ShouldBeFalse();
    }

    [Fact]
    public void IsBefore_NoAnswer_IsNeverCertain()
    {
        var present = new Present(Noon, Noon, Noon) { HasNoAnswer = true };

        present.IsBefore(Noon.AddHours(9)).ShouldBeFalse();
        present.SeemsBefore(Noon.AddHours(9)).ShouldBeTrue();
    }

    [Fact]
    public void WindowOf_AnswerWithoutADate_CoversAllThatTheOthersLeaveOpen()
    {
        var clock = ServerClock.Unknown.Learn(new DatedAnswer(Noon, Noon.AddSeconds(4), Noon.AddSeconds(2), default));

        var window = clock.WindowOf(new DatedAnswer(Noon.AddSeconds(10), Noon.AddSeconds(10), null, default), Noon.AddSeconds(11), default);

        window.From.ShouldBeLessThan(Noon.AddSeconds(7));
        window.To.ShouldBeGreaterThan(Noon.AddSeconds(15));
    }

    /// <summary>
    /// Latencies, offsets, drift and steps of CardTrader's clock between the calls: the window of a read holds its look, always.
    /// </summary>
    [Fact]
    public void WindowOf_RandomHistories_AlwaysHoldsTheLook()
    {
        var random = new Random(20261122);
        for (var run = 0; run < 500; run++)
        {
            var offset = TimeSpan.FromMilliseconds(random.Next(-100_000_000, 100_000_000));
            var drift = (random.NextDouble() - 0.5) * 0.0003;
            var clock = ServerClock.Unknown;
            var now = Noon;
            DateTimeOffset Server(DateTimeOffset local) => local + offset + ((local - Noon) * drift);
            for (var call = 0; call < 40; call++)
            {
                if (random.Next(15) == 0)
                {
                    offset += TimeSpan.FromSeconds(Math.Pow(10, random.NextDouble() * 5) * (random.Next(2) == 0 ? 1 : -1));
                }

                var latency = TimeSpan.FromMilliseconds(random.Next(1, random.Next(2, 8000)));
                var (head, end) = (now + latency, now + latency + TimeSpan.FromMilliseconds(random.Next(0, 3000)));
                var written = now + (latency * random.NextDouble());
                var answer = new DatedAnswer(
                    now, head, random.Next(20) == 0 && clock.IsKnown && call > 5 ? null : WholeSecond(Server(written)), default);
                var isDated = answer.Date is not null;
                clock = clock.Learn(answer);
                var window = clock.WindowOf(answer, end, now);
                if (isDated)
                {
                    window.From.ShouldBeLessThanOrEqualTo(Server(now));
                    window.To.ShouldBeGreaterThanOrEqualTo(Server(end));
                }

                now = end + TimeSpan.FromMilliseconds(random.Next(10, random.Next(20, 900_000)));
            }
        }
    }

    /// <summary>Between steps of CardTrader's clock the present lies within the bounds, however long ago the last answer was.</summary>
    [Fact]
    public void At_RandomLatenciesAndDrift_HoldsThePresent()
    {
        var random = new Random(20261125);
        for (var run = 0; run < 300; run++)
        {
            var offset = TimeSpan.FromMilliseconds(random.Next(-100_000_000, 100_000_000));
            var drift = (random.NextDouble() - 0.5) * 0.0003;
            var (clock, now) = (ServerClock.Unknown, Noon);
            DateTimeOffset Server(DateTimeOffset local) => local + offset + ((local - Noon) * drift);
            for (var call = 0; call < 60; call++)
            {
                var head = now + TimeSpan.FromMilliseconds(random.Next(1, random.Next(2, 4000)));
                clock = clock.Learn(new DatedAnswer(now, head, WholeSecond(Server(now + ((head - now) * random.NextDouble()))), default));
                now = head + TimeSpan.FromMilliseconds(random.Next(10, random.Next(20, 3_600_000)));
                var present = clock.At(now, default);
                Server(now).ShouldBeInRange(present.Earliest, present.Latest);
            }
        }
    }

    [Fact]
    public void Learn_OneContradictingAnswer_LeavesBothPossible()
    {
        var clock = Learn(ServerClock.Unknown, Noon, TimeSpan.FromSeconds(5), 10);
        var doubted = clock.Learn(new DatedAnswer(Noon, Noon + Quick, Noon.AddHours(1), default));

        doubted.At(Noon, default).Now.ShouldBe(clock.At(Noon, default).Now);
        doubted.At(Noon, default).Earliest.ShouldBeLessThan(Noon.AddSeconds(6));
        doubted.At(Noon, default).Latest.ShouldBeGreaterThan(Noon.AddHours(1).AddSeconds(-1));
        Learn(doubted, Noon, TimeSpan.FromSeconds(5), 1).At(Noon, default).Latest.ShouldBeLessThan(Noon.AddMinutes(1));
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public void WindowOf_DateThatContradictsTheOtherAnswers_CoversBothPossibilities(int hours)
    {
        var clock = Learn(ServerClock.Unknown, Noon, TimeSpan.FromSeconds(5), 10);
        var stepped = new DatedAnswer(Noon, Noon + Quick, Noon.AddHours(hours), default);

        var window = clock.Learn(stepped).WindowOf(stepped, Noon + Quick, default);

        window.SideOf(Noon.AddHours(hours)).ShouldBe(WindowSide.Inside);
        window.SideOf(Noon.AddSeconds(5)).ShouldBe(WindowSide.Inside);
    }

    [Fact]
    public void WindowOf_EndBeforeTheHead_EndsWithTheHead()
    {
        var answer = new DatedAnswer(Noon, Noon.AddSeconds(4), Noon, default);

        ServerClock.Unknown.WindowOf(answer, Noon.AddSeconds(1), Noon)
            .ShouldBe(ServerClock.Unknown.WindowOf(answer, Noon.AddSeconds(4), Noon));
    }

    [Fact]
    public void WindowOf_AnswerFromACache_CoversItsAgeAndThePresent()
    {
        var clock = Learn(ServerClock.Unknown, Noon, TimeSpan.Zero, 10);
        var cached = new DatedAnswer(Noon, Noon + Quick, Noon.AddMinutes(-2), TimeSpan.FromMinutes(2));

        var window = clock.Learn(cached).WindowOf(cached, Noon + Quick, default);

        window.From.ShouldBeLessThan(Noon.AddMinutes(-4));
        window.To.ShouldBeGreaterThan(Noon);
        ServerClock.Unknown.Learn(cached).IsKnown.ShouldBeFalse("what a cache says of the time is not the present");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9999)]
    public void WindowOf_DateAtTheEdgeOfTime_IsNone(int year)
    {
        var absurd = new DatedAnswer(
            Noon, Noon + Quick, new DateTimeOffset(year, 12, 31, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromDays(100_000));

        ServerClock.Unknown.Learn(absurd).IsKnown.ShouldBeFalse();
        ServerClock.Unknown.WindowOf(absurd, Noon + Quick, Noon).To.ShouldBe(Noon.AddSeconds(1));
    }

    [Fact]
    public void Learn_ContradictingAnswersThatDisagree_ChangeNothing()
    {
        var clock = Learn(ServerClock.Unknown, Noon, TimeSpan.FromSeconds(5), 10);
        var after = Enumerable.Range(1, 9)
            .Aggregate(clock, (known, i) => known.Learn(new DatedAnswer(Noon, Noon + Quick, Noon.AddHours(i), default)));

        after.At(Noon, default).Now.ShouldBe(clock.At(Noon, default).Now);
    }

    [Fact]
    public void Learn_ContradictingAnswersWithOthersInBetween_ChangeNothing()
    {
        var clock = Learn(ServerClock.Unknown, Noon, TimeSpan.FromSeconds(5), 10);
        var after = Enumerable.Range(1, 9).Aggregate(
            clock, (known, _) => Learn(
                known.Learn(new DatedAnswer(Noon, Noon + Quick, Noon.AddHours(1), default)), Noon, TimeSpan.FromSeconds(5), 1));

        after.At(Noon, default).Now.ShouldBe(clock.At(Noon, default).Now);
    }

    [Fact]
    public void Learn_LastingJump_IsBelievedAfterThreeAnswers()
    {
        var clock = Learn(ServerClock.Unknown, Noon, TimeSpan.FromSeconds(5), 10);
        var jump = TimeSpan.FromMinutes(10);

        Learn(clock, Noon, jump, 2).At(Noon, default).Now.ShouldBe(clock.At(Noon, default).Now);
        Learn(clock, Noon, jump, 3).At(Noon, default).Now.ShouldBe(Noon + jump, TimeSpan.FromSeconds(0.6));
        Learn(clock, Noon, jump, 3).At(Noon, default).Earliest
            .ShouldBeGreaterThan(Noon.AddMinutes(9), "the former estimate is no longer possible");
    }

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

    private static ServerClock Learn(ServerClock clock, DateTimeOffset start, TimeSpan offset, int answers)
    {
        for (var i = 0; i < answers; i++)
        {
            var sent = start + TimeSpan.FromMilliseconds(i * 137);
            clock = clock.Learn(new DatedAnswer(sent, sent + Quick, WholeSecond(sent + (Quick / 2) + offset), default));
        }

        return clock;
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset instant) =>
        new(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
