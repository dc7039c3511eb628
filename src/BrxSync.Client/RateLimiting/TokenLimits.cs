namespace BrxSync.Client.RateLimiting;

/// <summary>The limits of one token and the requests that wait for them. Safe for concurrent use.</summary>
internal sealed class TokenLimits : IDisposable
{
    // So many high-priority requests in a row, then a waiting normal one gets its turn: nobody waits for ever.
    private const int HighPriorityRun = 9;

    private static readonly int Buckets = Enum.GetValues<RateLimitBucket>().Length;

    private readonly Lock _gate = new();
    private readonly RateLimiterOptions _options;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly ITimer _timer;
    private readonly SlotLimit[] _limits;
    private readonly LinkedList<Waiter>[] _queues;
    private readonly Dictionary<string, long> _outstanding = new(StringComparer.Ordinal);
    private readonly Queue<(RateLimitLease Lease, long TakenAt)> _oldestLeases = new();
    private long _leases;
    private long _arrivals;
    private long _turnedAway;
    private long _usedAt;
    private int _waiting;
    private int _highInARow;
    private bool _retired;

    public TokenLimits(RateLimiterOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _origin = time.GetTimestamp();
        _leases = _origin; // Never an id twice, also when the limits of a forgotten token are made anew.
        _timer = time.CreateTimer(
            static state => ((TokenLimits)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var second = TimeSpan.FromSeconds(1);
        _limits =
        [
            new SlotLimit(options.RequestsPerWindow, options.Window, options.RequestsPerSecond, options.Burst, options.HighPriorityReserve),
            new SlotLimit(10, second, options.MarketplaceRequestsPerSecond, burst: 1, reserve: 0),
            new SlotLimit(1, second, 1 / options.JobPollInterval.TotalSeconds, burst: 1, reserve: 0),
        ];
        _queues = new LinkedList<Waiter>[Buckets * 2];
        for (var i = 0; i < _queues.Length; i++)
        {
            _queues[i] = new LinkedList<Waiter>();
        }
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
            if (_waiting == 0 && AvailableAt(request, now) <= now)
            {
                return new ValueTask<RateLimitLease?>(Take(request, now, waited: 0));
            }

            if (_waiting >= _options.QueueLimit)
            {
                _turnedAway++;
                return new ValueTask<RateLimitLease?>((RateLimitLease?)null);
            }

            var waiter = new Waiter(this, request, _arrivals++, now);
            waiter.Node = QueueOf(request).AddLast(waiter);
            _waiting++;
            Serve(now);
            if (cancellationToken.CanBeCanceled && !waiter.Task.IsCompleted)
            {
                waiter.Registration = cancellationToken.UnsafeRegister(static (state, token) => ((Waiter)state!).Cancel(token), waiter);
            }

            return new ValueTask<RateLimitLease?>(waiter.Task);
        }
    }

    public void Complete(RateLimitLease lease, RateLimitOutcome outcome)
    {
        lock (_gate)
        {
            var now = Now;
            Settle(now);
            if (_outstanding.Remove(lease.Id, out var takenAt))
            {
                Settle(lease, outcome, takenAt, now);
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
            var utcNow = _time.GetUtcNow();
            return new RateLimiterState
            {
                General = _limits[(int)RateLimitBucket.General].Describe(now, utcNow),
                Marketplace = _limits[(int)RateLimitBucket.Marketplace].Describe(now, utcNow),
                Jobs = _limits[(int)RateLimitBucket.Jobs].Describe(now, utcNow),
                Waiting = _waiting,
                WaitingHighPriority = _queues.Skip(Buckets).Sum(static queue => queue.Count),
                TurnedAway = _turnedAway,
            };
        }
    }

    /// <summary>Ends these limits if nothing was asked of them for a while and they hold nothing worth keeping.</summary>
    public bool TryRetire(TimeSpan unusedFor)
    {
        lock (_gate)
        {
            var now = Now;
            Settle(now);
            _retired = _waiting == 0 && now - _usedAt >= unusedFor.Ticks && _limits.All(static limit => limit.IsAtRest);
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
            foreach (var waiter in _queues.SelectMany(static queue => queue).ToArray())
            {
                Leave(waiter);
                waiter.TrySetException(new ObjectDisposedException(nameof(InProcessRateLimiter)));
            }
        }
    }

    private static bool IsNormal(RateLimitRequest request) => request.Priority != RateLimitPriority.High;

    private LinkedList<Waiter> QueueOf(RateLimitRequest request) =>
        _queues[(IsNormal(request) ? 0 : Buckets) + (int)request.Bucket];

    private long AvailableAt(RateLimitRequest request, long now)
    {
        var at = _limits[0].AvailableAt(now, IsNormal(request));
        return request.Bucket == RateLimitBucket.General
            ? at
            : Math.Max(at, _limits[(int)request.Bucket].AvailableAt(now, IsNormal(request)));
    }

    private RateLimitLease Take(RateLimitRequest request, long now, long waited)
    {
        foreach (var limit in LimitsOf(request))
        {
            limit.Take(now);
        }

        var id = (_leases++).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var lease = new RateLimitLease(request, id, new TimeSpan(waited));
        _outstanding.Add(id, now);
        _oldestLeases.Enqueue((lease, now));
        return lease;
    }

    private IEnumerable<SlotLimit> LimitsOf(RateLimitRequest request)
    {
        yield return _limits[0];
        if (request.Bucket != RateLimitBucket.General)
        {
            yield return _limits[(int)request.Bucket];
        }
    }

    private void Settle(long now)
    {
        while (_oldestLeases.TryPeek(out var oldest))
        {
            if (_outstanding.ContainsKey(oldest.Lease.Id))
            {
                if (now - oldest.TakenAt < _options.LeaseLifetime.Ticks)
                {
                    break;
                }

                _outstanding.Remove(oldest.Lease.Id);
                Settle(oldest.Lease, RateLimitOutcome.Lost, oldest.TakenAt, now);
            }

            _oldestLeases.Dequeue();
        }

        foreach (var limit in _limits)
        {
            limit.Settle(now);
        }
    }

    private void Settle(RateLimitLease lease, RateLimitOutcome outcome, long takenAt, long now)
    {
        foreach (var limit in LimitsOf(lease.Request))
        {
            if (outcome.Kind == RateLimitOutcomeKind.NotSent)
            {
                limit.Free();
            }
            else
            {
                limit.Cool(now);
            }
        }

        if (outcome.Kind == RateLimitOutcomeKind.Refused)
        {
            _limits[(int)outcome.RefusedBy].Refused(now, takenAt, _time.GetUtcNow());
        }
    }

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
        while (_waiting > 0)
        {
            var next = ChooseNext(now, out var lookAgainAt);
            if (next is null)
            {
                SetTimer(now, lookAgainAt);
                return;
            }

            Leave(next);
            _highInARow = IsNormal(next.Request) ? 0 : _highInARow + 1;
            next.Grant(Take(next.Request, now, now - next.ArrivedAt));
        }
    }

    private Waiter? ChooseNext(long now, out long lookAgainAt)
    {
        lookAgainAt = long.MaxValue;
        Waiter? normal = null;
        Waiter? high = null;
        foreach (var queue in _queues)
        {
            // Only heads compete: within a queue it is first come, first served, and a blocked child limit holds up nobody else.
            if (queue.First?.Value is not { } head)
            {
                continue;
            }

            var at = AvailableAt(head.Request, now);
            if (at > now)
            {
                lookAgainAt = Math.Min(lookAgainAt, at);
            }
            else if (IsNormal(head.Request))
            {
                normal = Earlier(normal, head);
            }
            else
            {
                high = Earlier(high, head);
            }
        }

        return high is null || (normal is not null && _highInARow >= HighPriorityRun) ? normal : high;

        static Waiter Earlier(Waiter? one, Waiter other) => one is null || other.Sequence < one.Sequence ? other : one;
    }

    private void SetTimer(long now, long at)
    {
        if (_oldestLeases.TryPeek(out var oldest))
        {
            at = Math.Min(at, oldest.TakenAt + _options.LeaseLifetime.Ticks);
        }

        // Whole milliseconds, rounded up: the system's timers cut fractions off and would fire too early.
        var delay = Math.Max(1, (at - now + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond);
        _timer.Change(at == long.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(delay), Timeout.InfiniteTimeSpan);
    }

    private void Leave(Waiter waiter)
    {
        waiter.Node!.List!.Remove(waiter.Node);
        _waiting--;
    }

    private sealed class Waiter(TokenLimits limits, RateLimitRequest request, long sequence, long arrivedAt)
        : TaskCompletionSource<RateLimitLease?>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public RateLimitRequest Request => request;

        public long Sequence => sequence;

        public long ArrivedAt => arrivedAt;

        public LinkedListNode<Waiter>? Node { get; set; }

        public CancellationTokenRegistration Registration { get; set; }

        public void Grant(RateLimitLease lease)
        {
            Registration.Unregister();
            TrySetResult(lease);
        }

        public void Cancel(CancellationToken cancellationToken)
        {
            lock (limits._gate)
            {
                if (TrySetCanceled(cancellationToken))
                {
                    limits.Leave(this);
                    limits.Serve(limits.Now);
                }
            }
        }
    }
}
