namespace BrxSync.Client.RateLimiting;

/// <summary>The limits of one token in this process and the requests that wait for them. Safe for concurrent use.</summary>
internal sealed class TokenLimits : IDisposable
{
    private readonly Lock _gate = new();
    private readonly RateLimiterOptions _options;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly ITimer _timer;
    private readonly TokenSlots _slots;
    private readonly WaitingRequests _waiting;
    private long _leases;
    private long _usedAt;
    private bool _retired;

    public TokenLimits(RateLimiterOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _origin = time.GetTimestamp();
        _leases = _origin; // Never an id twice, also when the limits of a forgotten token are made anew.
        _timer = time.CreateTimer(
            static state => ((TokenLimits)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _slots = new TokenSlots(options);
        _waiting = new WaitingRequests(_gate, () => Serve(Now));
    }

    private long Now => _time.GetElapsedTime(_origin).Ticks;

    /// <summary>Takes a slot or joins the queue. Null when these limits have been retired: ask for fresh ones.</summary>
    public ValueTask<RateLimitLease?>? TryAcquire(RateLimitRequest request, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_retired)
            {
                return null;
            }

            var now = Now;
            _usedAt = now;
            Settle(now);
            if (_waiting.Count == 0 && _slots.AvailableAt(request, now) <= now)
            {
                return new ValueTask<RateLimitLease?>(Take(request, now, waited: 0));
            }

            if (_waiting.Count >= _options.QueueLimit)
            {
                _waiting.TurnAway();
                return new ValueTask<RateLimitLease?>((RateLimitLease?)null);
            }

            var waiter = _waiting.Add(request, now);
            Serve(now);
            waiter.CancelWith(cancellationToken);
            return new ValueTask<RateLimitLease?>(waiter.Task);
        }
    }

    public void Complete(RateLimitLease lease, RateLimitOutcome outcome)
    {
        lock (_gate)
        {
            var now = Now;
            Settle(now);
            if (_slots.Complete(lease, outcome, now, _time.GetUtcNow()))
            {
                Serve(now);
            }
        }
    }

    public RateLimiterState Describe()
    {
        lock (_gate)
        {
            var now = Now;
            Settle(now);
            return _slots.Describe(_waiting, now, _time.GetUtcNow());
        }
    }

    /// <summary>Ends these limits if nothing was asked of them for a while and they hold nothing worth keeping.</summary>
    public bool TryRetire(TimeSpan unusedFor)
    {
        lock (_gate)
        {
            var now = Now;
            Settle(now);
            _retired = _waiting.Count == 0 && now - _usedAt >= unusedFor.Ticks && _slots.IsAtRest;
            if (_retired)
            {
                _timer.Dispose();
            }

            return _retired;
        }
    }

    /// <summary>Stops the timer and fails whoever waits.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _retired = true;
            _timer.Dispose();
            _waiting.FailAll(nameof(InProcessRateLimiter));
        }
    }

    private RateLimitLease Take(RateLimitRequest request, long now, long waited)
    {
        var id = (_leases++).ToString(System.Globalization.CultureInfo.InvariantCulture);
        _slots.Take(request, id, now);
        return new RateLimitLease(request, id, new TimeSpan(waited));
    }

    private void Settle(long now) => _slots.Settle(now, _time.GetUtcNow());

    private void OnTimer()
    {
        lock (_gate)
        {
            if (!_retired)
            {
                var now = Now;
                Settle(now);
                Serve(now);
            }
        }
    }

    /// <summary>Serves whoever may go now and sets the timer for the next look.</summary>
    private void Serve(long now)
    {
        while (_waiting.Count > 0)
        {
            var next = _waiting.ChooseNext(now, _slots.AvailableAt, out var lookAgainAt);
            if (next is null)
            {
                SetTimer(now, Math.Min(lookAgainAt, _slots.NextLossAt));
                return;
            }

            _waiting.Serve(next, Take(next.Request, now, now - next.ArrivedAt));
        }
    }

    private void SetTimer(long now, long at)
    {
        // Whole milliseconds, rounded up: the system's timers cut fractions off and would fire too early.
        var delay = Math.Max(1, (at - now + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond);
        _timer.Change(at == long.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(delay), Timeout.InfiniteTimeSpan);
    }
}
