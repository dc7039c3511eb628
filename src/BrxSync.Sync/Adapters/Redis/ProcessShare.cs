using BrxSync.Client.RateLimiting;
using StackExchange.Redis;

namespace BrxSync.Sync.Adapters.Redis;

/// <summary>
/// What this process itself has sent of a token, whoever allowed it, against its fixed share of the limits; and the leases that a server
/// must be told of that was away. Not safe for concurrent use; times are ticks.
/// </summary>
internal sealed class ProcessShare(RedisLimiterSettings settings)
{
    private static readonly long CleanEvery = TimeSpan.FromSeconds(1).Ticks;

    private readonly TokenSlots _slots = new(settings.Options, settings.Instances);
    private readonly Dictionary<string, OwnLease> _leases = new(StringComparer.Ordinal);
    private long _cleanedAt;

    /// <summary>Gets whether this process has sent nothing that still counts.</summary>
    public bool IsEmpty => _leases.Count == 0;

    /// <summary>Gets whether it is worth nothing to keep.</summary>
    public bool IsAtRest => _slots.IsAtRest;

    public void Settle(long now)
    {
        _slots.Settle(now, settings.Time.GetUtcNow());
        if (now - _cleanedAt >= CleanEvery)
        {
            _cleanedAt = now;
            foreach (var lease in _leases.Values.Where(lease => lease.IsOver(now, settings.Options)).ToArray())
            {
                _leases.Remove(lease.Id);
            }
        }
    }

    /// <summary>Takes back what a pause has saved up.</summary>
    public void Brake(long now) => _slots.Brake(now);

    /// <summary>Tells whether the share allows a request now.</summary>
    public bool Allows(RateLimitRequest request, long now) => _slots.AvailableAt(request, now) <= now;

    /// <summary>Takes a lease of the share.</summary>
    public RateLimitLease Take(RateLimitRequest request, long now, long arrivedAt)
    {
        var id = settings.NextLease();
        _slots.Take(request, id, now);
        _leases.Add(id, new OwnLease(id, request.Bucket, grantedAt: 0, now));
        return new RateLimitLease(request, id, new TimeSpan(now - arrivedAt));
    }

    /// <summary>Serves whoever the share allows.</summary>
    /// <returns>When to look again.</returns>
    public long Serve(WaitingRequests waiting, long now)
    {
        while (waiting.Count > 0)
        {
            var next = waiting.ChooseNext(now, _slots.AvailableAt, out var lookAgainAt);
            if (next is null)
            {
                return Math.Min(lookAgainAt, _slots.NextLossAt);
            }

            waiting.Serve(next, Take(next.Request, now, next.ArrivedAt));
        }

        return long.MaxValue;
    }

    /// <summary>Counts a lease that Redis granted.</summary>
    public void Hold(RateLimitRequest request, string id, long grantedAt, long now)
    {
        _slots.Hold(request, id, now);
        _leases.Add(id, new OwnLease(id, request.Bucket, grantedAt, now));
    }

    /// <summary>Takes a lease back.</summary>
    /// <returns>The lease, or null when it was not out.</returns>
    public OwnLease? Complete(RateLimitLease lease, RateLimitOutcome outcome, long now)
    {
        if (!_slots.Complete(lease, outcome, now, settings.Time.GetUtcNow()) || !_leases.TryGetValue(lease.Id, out var own))
        {
            return null;
        }

        own.Complete(outcome, now);
        return own;
    }

    /// <summary>Keeps in mind that Redis has granted, or may have granted, a lease that nobody uses.</summary>
    public OwnLease Waste(string id, RateLimitBucket bucket, long now)
    {
        var lease = new OwnLease(id, bucket, grantedAt: 0, now);
        lease.Complete(RateLimitOutcome.NotSent, now);
        _leases.Add(id, lease);
        return lease;
    }

    /// <summary>Says what a server is told that was away, and which of the leases it need not be told again.</summary>
    public (RedisValue[] Told, OwnLease[] Done) Declare(long now) =>
        (TokenStore.Describe(_leases.Values, now), [.. _leases.Values.Where(static lease => !lease.IsOut)]);

    /// <summary>Gets the leases that are done, and Redis does not know it.</summary>
    public OwnLease[] Untold() => [.. _leases.Values.Where(static lease => lease is { IsOut: false, IsKnown: false })];

    public RateLimiterState Describe(WaitingRequests waiting, long now) => _slots.Describe(waiting, now, settings.Time.GetUtcNow());
}
