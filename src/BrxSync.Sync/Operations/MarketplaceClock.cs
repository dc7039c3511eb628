using BrxSync.Client;
using BrxSync.Client.Http;
using BrxSync.Sync.Stock;

namespace BrxSync.Sync.Operations;

/// <summary>CardTrader's clock as this process knows it: learned from the <c>Date</c> header of every answer, to any account.</summary>
internal sealed class MarketplaceClock
{
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private ServerClock _clock = ServerClock.Unknown;

    public MarketplaceClock(AnswerDates answers, TimeProvider time)
    {
        _time = time;
        answers.Observe(Learn);
    }

    /// <summary>Gets the present instant in CardTrader's clock.</summary>
    public DateTimeOffset Now => Storable(Current.ToServer(_time.GetUtcNow()));

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

    /// <summary>Gives the window of a request that began then, in our clock, and ends now.</summary>
    public SnapshotWindow WindowSince(DateTimeOffset requestStart)
    {
        var window = Current.Window(requestStart, _time.GetUtcNow());
        return new SnapshotWindow(Storable(window.From), Storable(window.To));
    }

    private void Learn(AnswerTime answer)
    {
        // A cache repeats what CardTrader's clock showed once.
        if (answer.Date is not { } date || answer.Age > TimeSpan.Zero)
        {
            return;
        }

        // Once only: what passed between two readings would move the head towards the sending.
        var received = _time.GetUtcNow() - _time.GetElapsedTime(answer.HeadTimestamp);
        var sent = received - _time.GetElapsedTime(answer.SentTimestamp, answer.HeadTimestamp);
        lock (_gate)
        {
            _clock = _clock.Learn(sent, received, date);
        }
    }

    /// <summary>The stores keep microseconds: what is compared after a round trip must not have been finer before it.</summary>
    private static DateTimeOffset Storable(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}
