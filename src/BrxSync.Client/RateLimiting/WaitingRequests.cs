namespace BrxSync.Client.RateLimiting;

/// <summary>
/// The requests of one token that wait in this process, and who of them goes first. Used under the lock that it is given.
/// </summary>
/// <param name="gate">The lock of whoever owns this.</param>
/// <param name="left">Called under the lock after somebody gave the wait up.</param>
internal sealed class WaitingRequests(Lock gate, Action left)
{
    /// <summary>So many lanes there are: one for each limit and priority. Within a lane it is first come, first served.</summary>
    public const int Lanes = Buckets * 2;

    /// <summary>So many high-priority requests in a row, then a waiting normal one gets its turn: nobody waits for ever.</summary>
    public const int HighPriorityRun = 9;

    private const int Buckets = 3;

    private readonly LinkedList<Waiter>[] _lanes = [.. Enumerable.Range(0, Lanes).Select(static _ => new LinkedList<Waiter>())];
    private long _arrivals;
    private int _highInARow;

    /// <summary>Gets how many wait.</summary>
    public int Count { get; private set; }

    /// <summary>Gets how many of them have high priority.</summary>
    public int CountOfHighPriority => _lanes.Skip(Buckets).Sum(static lane => lane.Count);

    /// <summary>Gets how many were turned away.</summary>
    public long TurnedAway { get; private set; }

    public static bool IsNormal(RateLimitRequest request) => request.Priority != RateLimitPriority.High;

    /// <summary>Tells whether a lane is one of normal work.</summary>
    public static bool IsNormal(int lane) => lane < Buckets;

    public static int LaneOf(RateLimitRequest request) => (IsNormal(request) ? 0 : Buckets) + (int)request.Bucket;

    /// <summary>Counts a request that may not wait, since too many do.</summary>
    public void TurnAway() => TurnedAway++;

    public Waiter Add(RateLimitRequest request, long now)
    {
        var waiter = new Waiter(this, request, _arrivals++, now);
        waiter.Node = _lanes[LaneOf(request)].AddLast(waiter);
        Count++;
        return waiter;
    }

    public int CountOf(int lane) => _lanes[lane].Count;

    public Waiter? HeadOf(int lane) => _lanes[lane].First?.Value;

    /// <summary>Gets the heads of all lanes by arrival. Only heads compete: a blocked child limit holds up nobody else.</summary>
    public IEnumerable<Waiter> Heads() =>
        _lanes.Select(static lane => lane.First?.Value).OfType<Waiter>().OrderBy(static head => head.Sequence);

    /// <summary>Chooses who goes next among those who may go now, or tells when to look again.</summary>
    public Waiter? ChooseNext(long now, Func<RateLimitRequest, long, long> availableAt, out long lookAgainAt)
    {
        lookAgainAt = long.MaxValue;
        Waiter? normal = null;
        Waiter? high = null;
        foreach (var lane in _lanes)
        {
            if (lane.First?.Value is not { } head)
            {
                continue;
            }

            var at = availableAt(head.Request, now);
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

    /// <summary>Gives a waiter its lease.</summary>
    public void Serve(Waiter waiter, RateLimitLease lease)
    {
        Leave(waiter);
        _highInARow = IsNormal(waiter.Request) ? 0 : _highInARow + 1;
        waiter.Registration.Unregister();
        waiter.TrySetResult(lease);
    }

    /// <summary>Sends a waiter away without a lease.</summary>
    public void TurnAway(Waiter waiter)
    {
        Leave(waiter);
        TurnAway();
        waiter.Registration.Unregister();
        waiter.TrySetResult(null);
    }

    /// <summary>Fails whoever waits.</summary>
    public void FailAll(string owner)
    {
        foreach (var waiter in _lanes.SelectMany(static lane => lane).ToArray())
        {
            Leave(waiter);
            waiter.TrySetException(new ObjectDisposedException(owner));
        }
    }

    private void Leave(Waiter waiter)
    {
        waiter.Node!.List!.Remove(waiter.Node);
        Count--;
    }

    /// <summary>One request that waits.</summary>
    internal sealed class Waiter(WaitingRequests owner, RateLimitRequest request, long sequence, long arrivedAt)
        : TaskCompletionSource<RateLimitLease?>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public RateLimitRequest Request => request;

        public long Sequence => sequence;

        public long ArrivedAt => arrivedAt;

        public LinkedListNode<Waiter>? Node { get; set; }

        public CancellationTokenRegistration Registration { get; private set; }

        /// <summary>Gives the wait up when the token is cancelled. Called once, under the lock.</summary>
        public void CancelWith(CancellationToken cancellationToken)
        {
            if (cancellationToken.CanBeCanceled && !Task.IsCompleted)
            {
                Registration = cancellationToken.UnsafeRegister(static (state, token) => ((Waiter)state!).Cancel(token), this);
            }
        }

        private void Cancel(CancellationToken cancellationToken) => owner.Cancel(this, cancellationToken);
    }

    private void Cancel(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (waiter.TrySetCanceled(cancellationToken))
            {
                Leave(waiter);
                left();
            }
        }
    }
}
