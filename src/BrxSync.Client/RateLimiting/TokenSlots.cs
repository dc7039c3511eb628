namespace BrxSync.Client.RateLimiting;

/// <summary>
/// What one token may send, and what it has sent: its limits, and the leases that are out. Not safe for concurrent use; times are
/// ticks of a monotonic clock.
/// </summary>
internal sealed class TokenSlots
{
    private readonly SlotLimit[] _limits;
    private readonly long _leaseLifetime;
    private readonly Dictionary<string, long> _outstanding = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, RateLimitRequest Request, long TakenAt)> _oldestLeases = new();

    /// <summary>Creates the limits of a token.</summary>
    /// <param name="options">How fast the token may send.</param>
    /// <param name="sharers">How many share it without knowing of each other: each has this part of every limit, no more.</param>
    public TokenSlots(RateLimiterOptions options, int sharers = 1)
    {
        _leaseLifetime = options.LeaseLifetime.Ticks;
        var second = TimeSpan.FromSeconds(1);
        _limits =
        [
            new SlotLimit(
                Math.Max(1, options.RequestsPerWindow / sharers), options.Window, options.RequestsPerSecond / sharers,
                sharers == 1 ? options.Burst : 1, options.HighPriorityReserve),
            new SlotLimit(
                Math.Max(1, RateLimiterOptions.MarketplaceSlots / sharers), second, options.MarketplaceRequestsPerSecond / sharers,
                burst: 1, reserve: 0),
            new SlotLimit(RateLimiterOptions.JobSlots, second, 1 / (options.JobPollInterval.TotalSeconds * sharers), burst: 1, reserve: 0),
        ];
    }

    /// <summary>Tells whether nothing is out, nothing cools down and the speed is full.</summary>
    public bool IsAtRest => _outstanding.Count == 0 && _limits.All(static limit => limit.IsAtRest);

    /// <summary>Gets when the next lease counts as lost, or <see cref="long.MaxValue"/>.</summary>
    public long NextLossAt => _oldestLeases.TryPeek(out var oldest) ? oldest.TakenAt + _leaseLifetime : long.MaxValue;

    /// <summary>Brings everything up to date.</summary>
    public void Settle(long now, DateTimeOffset utcNow)
    {
        while (_oldestLeases.TryPeek(out var oldest))
        {
            if (_outstanding.ContainsKey(oldest.Id))
            {
                if (now - oldest.TakenAt < _leaseLifetime)
                {
                    break;
                }

                _outstanding.Remove(oldest.Id);
                Settle(oldest.Request, RateLimitOutcome.Lost, oldest.TakenAt, now, utcNow);
            }

            _oldestLeases.Dequeue();
        }

        foreach (var limit in _limits)
        {
            limit.Settle(now);
        }
    }

    /// <summary>Tells when a request could be sent: <paramref name="now"/>, or the earliest moment worth another look.</summary>
    public long AvailableAt(RateLimitRequest request, long now)
    {
        var isNormal = WaitingRequests.IsNormal(request);
        var at = _limits[0].AvailableAt(now, isNormal);
        return request.Bucket == RateLimitBucket.General
            ? at
            : Math.Max(at, _limits[(int)request.Bucket].AvailableAt(now, isNormal));
    }

    /// <summary>Takes a slot.</summary>
    public void Take(RateLimitRequest request, string id, long now)
    {
        foreach (var limit in LimitsOf(request))
        {
            limit.Take(now);
        }

        Remember(request, id, now);
    }

    /// <summary>Counts a lease that somebody else has allowed.</summary>
    public void Hold(RateLimitRequest request, string id, long now)
    {
        foreach (var limit in LimitsOf(request))
        {
            limit.Hold(now);
        }

        Remember(request, id, now);
    }

    /// <summary>Takes back what a pause has saved up.</summary>
    public void Brake(long now)
    {
        foreach (var limit in _limits)
        {
            limit.Brake(now);
        }
    }

    /// <summary>Takes a lease back.</summary>
    /// <returns>Whether it was out.</returns>
    public bool Complete(RateLimitLease lease, RateLimitOutcome outcome, long now, DateTimeOffset utcNow)
    {
        if (!_outstanding.Remove(lease.Id, out var takenAt))
        {
            return false;
        }

        Settle(lease.Request, outcome, takenAt, now, utcNow);
        return true;
    }

    /// <summary>Describes the limits; the caller knows who waits.</summary>
    public RateLimiterState Describe(WaitingRequests waiting, long now, DateTimeOffset utcNow) => new()
    {
        General = _limits[(int)RateLimitBucket.General].Describe(now, utcNow),
        Marketplace = _limits[(int)RateLimitBucket.Marketplace].Describe(now, utcNow),
        Jobs = _limits[(int)RateLimitBucket.Jobs].Describe(now, utcNow),
        Waiting = waiting.Count,
        WaitingHighPriority = waiting.CountOfHighPriority,
        TurnedAway = waiting.TurnedAway,
    };

    private void Remember(RateLimitRequest request, string id, long now)
    {
        _outstanding.Add(id, now);
        _oldestLeases.Enqueue((id, request, now));
    }

    private IEnumerable<SlotLimit> LimitsOf(RateLimitRequest request)
    {
        yield return _limits[0];
        if (request.Bucket != RateLimitBucket.General)
        {
            yield return _limits[(int)request.Bucket];
        }
    }

    private void Settle(RateLimitRequest request, RateLimitOutcome outcome, long takenAt, long now, DateTimeOffset utcNow)
    {
        foreach (var limit in LimitsOf(request))
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
            _limits[(int)outcome.RefusedBy].Refused(now, takenAt, utcNow);
        }
    }
}
