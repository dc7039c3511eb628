using BrxSync.Client.RateLimiting;
using StackExchange.Redis;

namespace BrxSync.Sync.Adapters.Redis;

/// <summary>
/// One token in this process: the requests that wait, of which the process asks Redis for one at a time, or serves them itself while Redis
/// is away. Safe for concurrent use.
/// </summary>
internal sealed class SharedToken : IDisposable
{
    private readonly Lock _gate = new();
    private readonly RedisLimiterSettings _settings;
    private readonly TokenStore _store;
    private readonly ITimer _timer;
    private readonly long _origin;
    private readonly WaitingRequests _waiting;
    private readonly ProcessShare _share;
    private readonly HandOver _handOver;
    private bool _isAsking;
    private bool _askAgain;
    private bool _ended;
    private int _calls;
    private long _askAt;
    private long _usedAt;

    public SharedToken(RedisLimiterSettings settings, string key)
    {
        _settings = settings;
        _store = new TokenStore(settings, key);
        _origin = settings.Time.GetTimestamp();
        _waiting = new WaitingRequests(_gate, () => Pump(Now));
        _share = new ProcessShare(settings);
        _handOver = new HandOver(settings, _share);
        _timer = settings.Time.CreateTimer(
            static state => ((SharedToken)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Gets how many calls of Redis are on their way.</summary>
    public int Calls => Volatile.Read(ref _calls);

    private long Now => _settings.Time.GetElapsedTime(_origin).Ticks;

    /// <summary>Joins the queue. Null when this has been retired: ask for a fresh one.</summary>
    public ValueTask<RateLimitLease?>? TryAcquire(RateLimitRequest request, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return null;
            }

            var now = Now;
            _usedAt = now;
            _share.Settle(now);
            if (_handOver.IsAlone && _waiting.Count == 0 && _share.Allows(request, now))
            {
                return new ValueTask<RateLimitLease?>(_share.Take(request, now, arrivedAt: now));
            }

            // Where nobody may wait, one may ask.
            if (_waiting.Count >= _settings.Options.QueueLimit && (_waiting.Count > 0 || !_handOver.IsShared))
            {
                _waiting.TurnAway();
                return new ValueTask<RateLimitLease?>((RateLimitLease?)null);
            }

            var waiter = _waiting.Add(request, now);
            if (_waiting.CountOf(WaitingRequests.LaneOf(request)) == 1)
            {
                (_askAt, _askAgain) = (now, _isAsking);
            }

            Pump(now);
            waiter.CancelWith(cancellationToken);
            return new ValueTask<RateLimitLease?>(waiter.Task);
        }
    }

    /// <summary>Takes a lease back.</summary>
    public Task CompleteAsync(RateLimitLease lease, RateLimitOutcome outcome)
    {
        lock (_gate)
        {
            var now = Now;
            _share.Settle(now);
            if (_share.Complete(lease, outcome, now) is not { } own)
            {
                return Task.CompletedTask;
            }

            if (_handOver.IsShared)
            {
                return Begin(() => TellAsync(own));
            }

            Pump(now);
            return Task.CompletedTask;
        }
    }

    /// <summary>Reads the shared state, or that of this process's share while there is none.</summary>
    public async Task<RateLimiterState> DescribeAsync()
    {
        RateLimitBucketState[]? shared = null;
        if (_handOver.IsShared)
        {
            try
            {
                shared = await _store.ReadAsync(_settings.Time.GetUtcNow()).ConfigureAwait(false);
            }
            catch (Exception exception) when (RedisFault.Is(exception))
            {
                // Told as it is seen from here.
            }
        }

        lock (_gate)
        {
            var now = Now;
            _share.Settle(now);
            var own = _share.Describe(_waiting, now);
            return shared is null ? own : own with { General = shared[0], Marketplace = shared[1], Jobs = shared[2] };
        }
    }

    /// <summary>Ends this if nothing was asked of it for a while and it holds nothing worth keeping.</summary>
    public bool TryRetire(TimeSpan unusedFor)
    {
        lock (_gate)
        {
            var now = Now;
            _share.Settle(now);
            if (_handOver.IsShared && _waiting.Count == 0 && _calls == 0 && now - _usedAt >= unusedFor.Ticks && _share.IsAtRest)
            {
                End();
            }

            return _ended;
        }
    }

    /// <summary>Stops the timer and fails whoever waits.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            End();
            _waiting.FailAll(nameof(RedisRateLimiter));
        }
    }

    private void End()
    {
        if (!_ended)
        {
            _ended = true;
            _timer.Dispose();
            _settings.Availability.Ended(_handOver.Mode);
        }
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            var now = Now;
            _share.Settle(now);
            Pump(now);
        }
    }

    /// <summary>Does what is due, and sets the timer for what comes next.</summary>
    private void Pump(long now)
    {
        if (_ended)
        {
            return;
        }

        var next = _handOver.Proceed(now);
        if (_handOver.MayJoin(now))
        {
            Join(now);
            next = _handOver.Proceed(now);
        }

        if (_handOver.IsAlone)
        {
            next = Math.Min(next, _share.Serve(_waiting, now));
        }
        else if (_handOver.IsShared && !_isAsking && _waiting.Count > 0)
        {
            next = _askAt;
            if (now >= _askAt)
            {
                Ask();
                next = long.MaxValue;
            }
        }

        SetTimer(now, next);
    }

    private void Ask()
    {
        (_isAsking, _askAgain) = (true, false);
        var (lease, state) = (_settings.NextLease(), _share.IsEmpty ? "" : _handOver.State);
        var lanes = _waiting.Heads().Select(head => WaitingRequests.LaneOf(head.Request))
            .Select(lane => (lane, _waiting.CountOf(lane) > 1)).ToArray();
        _ = Begin(() => AskAsync(lease, state, lanes));
    }

    private async Task AskAsync(string lease, string state, (int Lane, bool More)[] lanes)
    {
        var (answer, fault) = await TryAsync(() => _store.AcquireAsync(lease, state, lanes)).ConfigureAwait(false);
        lock (_gate)
        {
            var now = Now;
            _share.Settle(now);
            _isAsking = false;
            if (fault is null)
            {
                Receive(answer, lease, now);
            }
            else
            {
                // It may have been granted: until Redis hears otherwise, the lease counts until it is lost.
                _share.Waste(lease, RateLimitBucket.General, now);
                _handOver.Lose(fault, now);
            }

            EndCall(now);
        }
    }

    private void Receive(AcquireAnswer answer, string lease, long now)
    {
        if (answer.Lane == AcquireAnswer.OtherState)
        {
            _handOver.LoseState(answer.State, now);
            return;
        }

        _handOver.Answered(answer.State, now);
        _askAt = now + (_askAgain ? 0 : answer.Wait ?? 0);
        if (answer.Lane >= 0)
        {
            Grant(answer, lease, now);
        }
        else if (_settings.Options.QueueLimit == 0)
        {
            while (_waiting.Heads().FirstOrDefault() is { } waiter)
            {
                _waiting.TurnAway(waiter);
            }
        }

        _handOver.Opens(answer.Opening, now);
    }

    private void Grant(AcquireAnswer answer, string lease, long now)
    {
        if (_waiting.HeadOf(answer.Lane) is { } waiter)
        {
            _share.Hold(waiter.Request, lease, answer.Now, now);
            _waiting.Serve(waiter, new RateLimitLease(waiter.Request, lease, new TimeSpan(now - waiter.ArrivedAt)));
            return;
        }

        // Whoever waited has given up.
        var wasted = _share.Waste(lease, (RateLimitBucket)(answer.Lane % 3), now);
        if (_handOver.IsShared && !_ended)
        {
            _ = Begin(() => TellAsync(wasted));
        }
    }

    private async Task TellAsync(OwnLease lease)
    {
        var (state, fault) = await TryAsync(() => _store.CompleteAsync(lease)).ConfigureAwait(false);
        lock (_gate)
        {
            var now = Now;
            if (fault is not null)
            {
                _handOver.Lose(fault, now);
            }
            else
            {
                lease.IsKnown = true;
                if (state != _handOver.State)
                {
                    _handOver.LoseState(state!, now);
                }
                else
                {
                    _handOver.Answered(state, now);
                    _askAt = lease.IsUnsent ? now : _askAt;
                }
            }

            EndCall(now);
        }
    }

    private void Join(long now)
    {
        var (told, done) = _share.Declare(now);
        var settle = _handOver.BeginJoin(now);
        _ = Begin(() => JoinAsync(settle, told, done));
    }

    private async Task JoinAsync(TimeSpan settle, RedisValue[] leases, OwnLease[] done)
    {
        var (answer, fault) = await TryAsync(() => _store.JoinAsync(settle, leases)).ConfigureAwait(false);
        lock (_gate)
        {
            var now = Now;
            _share.Settle(now);
            if (fault is not null)
            {
                _handOver.FailJoin(now);
            }
            else
            {
                Array.ForEach(done, static lease => lease.IsKnown = true);
                _handOver.EndJoin(answer.State, answer.Opening, now);
                TellRest(now);
            }

            EndCall(now);
        }
    }

    // What was done while Redis was told of everything else.
    private void TellRest(long now)
    {
        if (!_handOver.IsShared || _ended)
        {
            return;
        }

        _askAt = now;
        foreach (var lease in _share.Untold())
        {
            _ = Begin(() => TellAsync(lease));
        }
    }

    /// <summary>
    /// Begins, under the lock, a call that is made without it. An answer that is there at once must not come in the middle of what is under
    /// way: one thread may enter a lock twice.
    /// </summary>
    private Task Begin(Func<Task> call)
    {
        _calls++;
        return Task.Run(call);
    }

    private static async Task<(T? Answer, Exception? Fault)> TryAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return (await call().ConfigureAwait(false), null);
        }
        catch (Exception exception) when (RedisFault.Is(exception))
        {
            return (default, exception);
        }
    }

    private void EndCall(long now)
    {
        Pump(now);
        _calls--;
    }

    private void SetTimer(long now, long at)
    {
        // Whole milliseconds, rounded up: the system's timers cut fractions off and would fire too early.
        var delay = Math.Max(1, (at - now + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond);
        _timer.Change(at == long.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(delay), Timeout.InfiniteTimeSpan);
    }
}
