namespace BrxSync.Client.RateLimiting;

/// <summary>
/// One limit of one token: slots that stay taken for a window after the answer, and an even pace (GCRA). Not safe for
/// concurrent use; times are ticks of a monotonic clock.
/// </summary>
/// <remarks>
/// The server counts a request somewhere between sending and answer. Counting it until a window after the <em>answer</em>
/// is therefore never shorter than any server's count, whatever the delay on the way; the pace keeps servers content that
/// allow only small bursts.
/// </remarks>
internal sealed class SlotLimit
{
    private const double SlowDown = 0.8;
    private const double Recovery = 0.01;
    private const double LeastSpeed = 0.05;
    private static readonly long CleanPeriod = TimeSpan.FromSeconds(10).Ticks;
    private static readonly long LendAhead = TimeSpan.FromSeconds(1.25).Ticks;

    private readonly int _capacity;
    private readonly long _window;
    private readonly double _interval;
    private readonly int _burst;
    private readonly double _reserve;
    private readonly Queue<long> _cooling = new();
    private int _held;
    private long _nextTurn;
    private long _frozenUntil;
    private long _slowedAt = -1;
    private long _cleanSince;
    private double _speed = 1;

    public SlotLimit(int capacity, TimeSpan window, double perSecond, int burst, double reserve)
    {
        _capacity = capacity;
        _window = window.Ticks;
        _burst = burst;
        _reserve = reserve;
        _interval = TimeSpan.TicksPerSecond / perSecond;
    }

    public long UnexpectedRefusals { get; private set; }

    public DateTimeOffset? LastUnexpectedRefusal { get; private set; }

    public bool IsAtRest => _held == 0 && _speed >= 1;

    private int Capacity => Math.Max(1, (int)(_capacity * _speed));

    private long Interval => (long)Math.Ceiling(_interval / _speed);

    /// <summary>Brings the limit up to date: frees slots that have cooled down and regains speed.</summary>
    public void Settle(long now)
    {
        while (_cooling.TryPeek(out var freeAt) && freeAt <= now)
        {
            _cooling.Dequeue();
            Free();
        }

        while (_speed < 1 && now - _cleanSince >= CleanPeriod)
        {
            _cleanSince += CleanPeriod;
            _speed = Math.Min(1, _speed + Recovery);
        }
    }

    /// <summary>Tells when a request could be sent: <paramref name="now"/>, or the earliest moment worth another look.</summary>
    public long AvailableAt(long now, bool normal)
    {
        var at = Math.Max(Math.Max(now, _frozenUntil), _nextTurn - ((_burst - 1) * Interval));
        if (_held >= Capacity)
        {
            return _cooling.TryPeek(out var oldest) ? Math.Max(at, oldest) : long.MaxValue;
        }

        return normal ? Math.Max(at, OutsideReserveAt(now)) : at;
    }

    public void Take(long now)
    {
        _held++;
        _nextTurn = Math.Max(_nextTurn, now) + Interval;
    }

    /// <summary>Counts a request that somebody else allowed, who keeps the pace; the next one from here comes a turn later.</summary>
    public void Hold(long now)
    {
        _held++;
        Brake(now);
    }

    /// <summary>Takes back what a pause has saved up: the next request comes a turn from now.</summary>
    public void Brake(long now) => _nextTurn = Math.Max(_nextTurn, now + (_burst * Interval));

    /// <summary>The request was answered or lost: its slot cools down for one window.</summary>
    public void Cool(long now) => _cooling.Enqueue(now + _window);

    /// <summary>The request never left: its slot is free at once.</summary>
    public void Free() => _held--;

    /// <summary>The server refused a request that our count allowed: somebody else uses the token, or the limit was lowered.</summary>
    public void Refused(long now, long takenAt, DateTimeOffset utcNow)
    {
        UnexpectedRefusals++;
        LastUnexpectedRefusal = utcNow;
        _cleanSince = Math.Max(now, _frozenUntil);
        if (takenAt <= _slowedAt)
        {
            // Sent before we slowed down: the answer to a speed already given up.
            return;
        }

        _slowedAt = now;
        _speed = Math.Max(LeastSpeed, _speed * SlowDown);
        _frozenUntil = _cooling.TryPeek(out var oldest) ? oldest : now + _window;
        _cleanSince = _frozenUntil;
    }

    public RateLimitBucketState Describe(long now, DateTimeOffset utcNow) => new()
    {
        Slots = Capacity,
        SlotsFree = Math.Max(0, Capacity - _held),
        SpeedFactor = _speed,
        FrozenUntil = _frozenUntil > now ? utcNow.AddTicks(_frozenUntil - now) : null,
        LastUnexpectedRefusal = LastUnexpectedRefusal,
        UnexpectedRefusals = UnexpectedRefusals,
    };

    // Normal work must leave the reserve to urgent work: so many slots are free, or come free within the next moment. Slots on
    // their way count because urgent work goes first anyway and is paced too; without them bulk work alone would lose 10 %.
    private long OutsideReserveAt(long now)
    {
        var missing = (int)(Capacity * _reserve) + 1 - (Capacity - _held);
        if (missing <= 0)
        {
            return now;
        }

        foreach (var freeAt in _cooling)
        {
            if (--missing == 0)
            {
                return Math.Max(now, freeAt - LendAhead);
            }
        }

        return long.MaxValue;
    }
}
