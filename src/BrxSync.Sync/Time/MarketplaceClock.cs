using BrxSync.Client;
using BrxSync.Client.Resilience;
using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Sync.Time;

/// <summary>
/// CardTrader's clock as this process knows it: learned from the <c>Date</c> header of every answer, to any account, against a clock that
/// nobody can set. Our own clock plays a part only until the first answer.
/// </summary>
internal sealed class MarketplaceClock : IAnswerObserver
{
    private readonly TimeProvider _time;
    private readonly SteadyTime _steady;
    private readonly Lock _gate = new();
    private ServerClock _clock = ServerClock.Unknown;

    public MarketplaceClock(TimeProvider time) => (_time, _steady) = (time, new SteadyTime(time));

    /// <summary>Gets the present in CardTrader's clock.</summary>
    public Present Present
    {
        get
        {
            var present = Current.At(_steady.GetUtcNow(), _time.GetUtcNow());
            return new Present(Storable(present.Now), Storable(present.Earliest), Storable(present.Latest));
        }
    }

    private ServerClock Current
    {
        get
        {
            lock (_gate)
            {
                return _clock;
            }
        }
    }

    /// <summary>Gives the window of a read whose answer's body ends now.</summary>
    public SnapshotWindow WindowOf(AnswerTime answer)
    {
        var window = Current.WindowOf(Dated(answer), _steady.GetUtcNow(), _time.GetUtcNow());
        return new SnapshotWindow(Storable(window.From), Storable(window.To));
    }

    public void OnAnswer(AnswerTime answer)
    {
        lock (_gate)
        {
            _clock = _clock.Learn(Dated(answer));
        }
    }

    private DatedAnswer Dated(AnswerTime answer) =>
        new(_steady.At(answer.SentTimestamp), _steady.At(answer.HeadTimestamp), answer.Date, answer.Age);

    /// <summary>The stores keep microseconds: what is compared after a round trip must not have been finer before it.</summary>
    private static DateTimeOffset Storable(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}
