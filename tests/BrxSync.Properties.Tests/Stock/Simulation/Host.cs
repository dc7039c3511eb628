using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Properties.Tests.Stock.Simulation;

/// <summary>One process of ours: what it knows of the marketplace's clock, and how wrong its own is.</summary>
/// <param name="wallError">How far its wall clock is off, in milliseconds; it may be set at any moment.</param>
/// <param name="steadyOrigin">Where the clock that nobody can set began, in milliseconds.</param>
internal sealed class Host(long wallError, long steadyOrigin)
{
    private ServerClock _clock = ServerClock.Unknown;
    private int _answersSinceStep = ServerClock.AnswersToBelieveAJump;

    /// <summary>How far its wall clock is off. Nothing may depend on it.</summary>
    public long WallError { get; set; } = wallError;

    /// <summary>
    /// False between a step of the marketplace's clock and the answers that tell of it: what it hears then is judged by the former clock.
    /// </summary>
    public bool KnowsTheTime => _answersSinceStep >= ServerClock.AnswersToBelieveAJump;

    /// <summary>The present, as far as it is known here.</summary>
    public Present Present(Market market)
    {
        var present = _clock.At(Steady(market.True), Rehearsal.At(market.True + WallError));
        return new Present(Storable(present.Now), Storable(present.Earliest), Storable(present.Latest));
    }

    /// <summary>The process ends and another begins, which knows nothing.</summary>
    public void Restart() => (_clock, _answersSinceStep) = (ServerClock.Unknown, ServerClock.AnswersToBelieveAJump - 1);

    public void MarketClockStepped() => _answersSinceStep = 0;

    /// <summary>Gets an answer, and gives the window of what it says.</summary>
    /// <param name="market">The marketplace.</param>
    /// <param name="sent">When it was asked.</param>
    /// <param name="head">When the head was there.</param>
    /// <param name="date">The marketplace's clock when it wrote the date.</param>
    public SnapshotWindow Receive(Market market, long sent, long head, long date)
    {
        var answer = new DatedAnswer(Steady(sent), Steady(head), Rehearsal.At(date - (date % 1000)), TimeSpan.Zero);
        _clock = _clock.Learn(answer);
        _answersSinceStep++;
        var window = _clock.WindowOf(answer, Steady(market.True), Rehearsal.At(market.True + WallError));
        return new SnapshotWindow(Storable(window.From), Storable(window.To));
    }

    private static DateTimeOffset Storable(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));

    private DateTimeOffset Steady(long instant) => Rehearsal.At(instant + steadyOrigin);
}
