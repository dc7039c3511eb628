using BrxSync.Client;
using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Sync.Time;

/// <summary>Calls of one account made one after the other, each with the window in which CardTrader looked for its answer.</summary>
internal sealed class TimedCalls
{
    private readonly MarketplaceClock _clock;
    private readonly TimeProvider _time;
    private AnswerTime? _last;

    public TimedCalls(ICardTraderAccount remote, MarketplaceTime time)
    {
        (_clock, _time) = (time.Marketplace, time.Local);
        Remote = remote.WithAnswerObserver(answer => _last = answer);
    }

    /// <summary>Gets the account to call.</summary>
    public ICardTraderAccount Remote { get; }

    /// <summary>Gives the window of the last call, whose answer has just been read to its end.</summary>
    public SnapshotWindow Window()
    {
        var now = _time.GetTimestamp();
        return _clock.WindowOf(_last ?? new AnswerTime { SentTimestamp = now, HeadTimestamp = now });
    }
}
