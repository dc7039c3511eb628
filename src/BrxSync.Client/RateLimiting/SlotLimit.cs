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

    private readonly int capacity;
    private readonly long window;
    private readonly double interval;
    private readonly int burst;
    private readonly double reserve;
    private readonly Queue<long> cooling = new();
    private int held;
    private long nextTurn;
    private long frozenUntil;
    private long slowedAt = -1;
    private long cleanSince;
    private double speed = 1;

    public SlotLimit(int capacity, TimeSpan window, double perSecond, int burst, double reserve)
    {
        this.capacity = capacity;
        this.window = window.Ticks;
        this.burst = burst;
        this.reserve = reserve;
        interval = TimeSpan.TicksPerSecond / perSecond;
    }

    public long UnexpectedRefusals { get; private set; }

    public DateTimeOffset? LastUnexpectedRefusal { get; private set; }

    public bool IsAtRest => held == 0 && speed >= 1;

    private int Capacity => Math.Max(1, (int)(capacity * speed));

    private long Interval => (long)Math.Ceiling(interval / speed);

    /// <summary>Brings the limit up to date: frees slots that have cooled down and regains speed.</summary>
    public void Settle(long now)
    {
        while (cooling.TryPeek(out var freeAt) && freeAt <= now)
        {
            cooling.Dequeue();
            Free();
        }

        while (speed < 1 && now - cleanSince >= CleanPeriod)
        {
            cleanSince += CleanPeriod;
            speed = Math.Min(1, speed + Recovery);
        }
    }

    /// <summary>Tells when a request could be sent: <paramref name="now"/>, or the earliest moment worth another look.</summary>
    public long AvailableAt(long now, bool normal)
    {
        var at = Math.Max(Math.Max(now, frozenUntil), nextTurn - ((burst - 1) * Interval));
        if (held >= Capacity)
        {
            return cooling.TryPeek(out var oldest) ? Math.Max(at, oldest) : long.MaxValue;
        }

        return normal ? Math.Max(at, OutsideReserveAt(now)) : at;
    }

    public void Take(long now)
    {
        held++;
        nextTurn = Math.Max(nextTurn, now) + Interval;
    }

    /// <summary>The request was answered or lost: its slot cools down for one window.</summary>
    public void Cool(long now) => cooling.Enqueue(now + window);

    /// <summary>The request never left: its slot is free at once.</summary>
    public void Free() => held--;

    /// <summary>The server refused a request that our count allowed: somebody else uses the token, or the limit was lowered.</summary>
    public void Refused(long now, long takenAt, DateTimeOffset utcNow)
    {
        UnexpectedRefusals++;
        LastUnexpectedRefusal = utcNow;
        cleanSince = Math.Max(now, frozenUntil);
        if (takenAt <= slowedAt)
        {
            // Sent before we slowed down: the answer to a speed already given up.
            return;
        }

        slowedAt = now;
        speed = Math.Max(LeastSpeed, speed * SlowDown);
        frozenUntil = cooling.TryPeek(out var oldest) ? oldest : now + window;
        cleanSince = frozenUntil;
    }

    public RateLimitBucketState Describe(long now, DateTimeOffset utcNow) => new()
    {
        Slots = Capacity,
        SlotsFree = Math.Max(0, Capacity - held),
        SpeedFactor = speed,
        FrozenUntil = frozenUntil > now ? utcNow.AddTicks(frozenUntil - now) : null,
        LastUnexpectedRefusal = LastUnexpectedRefusal,
        UnexpectedRefusals = UnexpectedRefusals,
    };

    // Normal work must leave the reserve to urgent work: so many slots are free, or come free within the next moment. Slots on
    // their way count because urgent work goes first anyway and is paced too; without them bulk work alone would lose 10 %.
    private long OutsideReserveAt(long now)
    {
        var missing = (int)(Capacity * reserve) + 1 - (Capacity - held);
        if (missing <= 0)
        {
            return now;
        }

        foreach (var freeAt in cooling)
        {
            if (--missing == 0)
            {
                return Math.Max(now, freeAt - LendAhead);
            }
        }

        return long.MaxValue;
    }
}
