using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Reconciliation;

namespace BrxSync.Hosting.Jobs.Sweeps;

/// <summary>Decides what of an account's work is due now. Pure: the intervals are moved by a share that the account's id gives.</summary>
internal sealed record WorkPlan(
    TimeSpan OrdersInterval, double OrdersJitter, TimeSpan ReconcileInterval, double ReconcileJitter, bool SyncOnConnect)
{
    /// <summary>What the clocks of two hosts may differ by, each of which stores times.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);

    public static WorkPlan From(JobsOptions jobs, ReconciliationOptions reconciliation) =>
        new(jobs.OrdersInterval, jobs.OrdersJitter, reconciliation.Interval, reconciliation.Jitter, jobs.SyncOnConnect);

    /// <summary>Gets how far ahead a due time can lie.</summary>
    public WorkHorizon Horizon =>
        new((OrdersInterval * (1 + OrdersJitter)) + ClockDifference, (ReconcileInterval * (1 + ReconcileJitter)) + ClockDifference);

    /// <summary>Lists the kinds that are due.</summary>
    /// <param name="work">What waits, when periodic work was done last, and when it is to be looked at.</param>
    /// <param name="now">The time of day, to which stored times are compared.</param>
    public IEnumerable<WorkKind> Due(AccountWork work, DateTimeOffset now)
    {
        if (work.HasFeed)
        {
            yield return WorkKind.Feed;
        }

        if (!work.IsActive)
        {
            yield break;
        }

        if (work.HasRereads || work.HasOrderFetches || work.HasDeliveries)
        {
            yield return WorkKind.Reread;
        }

        if (work.HasChanges)
        {
            yield return WorkKind.Push;
        }

        if (work.HasSync || (NeedsFirstSync(work) && IsOver(work.CompareDueAt, work.ComparedAt, ReconcileOf(work))))
        {
            yield return WorkKind.Sync;
        }

        // Without a first sync there is no stock that orders or a comparison could speak of.
        if (work.LastSyncAt is null)
        {
            yield break;
        }

        if (IsOver(work.OrdersDueAt, work.OrdersPolledAt, OrdersOf(work)))
        {
            yield return WorkKind.Orders;
        }

        if (!work.HasSync && IsOver(work.CompareDueAt, work.ComparedAt, ReconcileOf(work)))
        {
            yield return WorkKind.Reconcile;
        }

        bool IsOver(DateTimeOffset? due, DateTimeOffset? last, TimeSpan interval) =>
            HasCome(due, interval, now) && (last is null || (now - last.Value).Duration() >= interval);
    }

    /// <summary>
    /// Tells when the account is to be looked at again for what the clock starts, or null where the times that are stored stay: what was
    /// just asked for is not asked for again before its interval is over, whether it succeeds or not.
    /// </summary>
    public NextLook? Next(AccountWork work, DateTimeOffset now)
    {
        if (!work.IsActive)
        {
            return null;
        }

        var next = new NextLook
        {
            AccountId = work.AccountId,
            OrdersDueAt = work.LastSyncAt is null ? null : After(work.OrdersDueAt, work.OrdersPolledAt, OrdersOf(work)),
            CompareDueAt = After(work.CompareDueAt, work.ComparedAt, ReconcileOf(work)),
        };
        return next is { OrdersDueAt: null, CompareDueAt: null } ? null : next;

        DateTimeOffset? After(DateTimeOffset? due, DateTimeOffset? last, TimeSpan interval) =>
            !HasCome(due, interval, now) ? null
            : last is { } done && done <= now && now - done < interval ? done + interval
            : now + interval;
    }

    /// <summary>Tells whether the account is to get its first sync unasked.</summary>
    public bool NeedsFirstSync(AccountWork work) => SyncOnConnect && !work.HasSync && work.LastSyncAt is null;

    // A time that lies further ahead than its interval was stored before the clock was set back, or the interval shortened: it says
    // nothing, and must not be waited for.
    private static bool HasCome(DateTimeOffset? due, TimeSpan interval, DateTimeOffset now) =>
        due is not { } at || at <= now || at - now > interval + ClockDifference;

    private TimeSpan OrdersOf(AccountWork work) => OrdersInterval * (1 + (OrdersJitter * Share(work.AccountId)));

    private TimeSpan ReconcileOf(AccountWork work) => ReconcileInterval * (1 + (ReconcileJitter * Share(work.AccountId)));

    /// <summary>Gives a share between -1 and 1 that is always the same for an account, in every process.</summary>
    private static double Share(AccountId accountId)
    {
        // The last bytes of an id are random in every version in use.
        Span<byte> bytes = stackalloc byte[16];
        accountId.Value.TryWriteBytes(bytes);
        return (BitConverter.ToUInt32(bytes[12..]) / (double)uint.MaxValue * 2) - 1;
    }
}
