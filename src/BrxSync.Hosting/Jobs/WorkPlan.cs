using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Reconciliation;

namespace BrxSync.Hosting.Jobs;

/// <summary>Decides what of an account's work is due now. Pure: the intervals are moved by a share that the account's id gives.</summary>
internal sealed record WorkPlan(
    TimeSpan OrdersInterval, double OrdersJitter, TimeSpan ReconcileInterval, double ReconcileJitter, bool SyncOnConnect)
{
    public static WorkPlan From(JobsOptions jobs, ReconciliationOptions reconciliation) =>
        new(jobs.OrdersInterval, jobs.OrdersJitter, reconciliation.Interval, reconciliation.Jitter, jobs.SyncOnConnect);

    /// <summary>Lists the kinds that are due.</summary>
    /// <param name="work">What waits, and when periodic work was done last.</param>
    /// <param name="sinceAttempt">
    /// How long ago periodic work of a kind was asked for last, or null: one that fails is not asked for each time.
    /// </param>
    /// <param name="now">The time of day, to which stored times are compared.</param>
    public IEnumerable<WorkKind> Due(AccountWork work, Func<WorkKind, TimeSpan?> sinceAttempt, DateTimeOffset now)
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

        if (work.HasSync || (NeedsFirstSync(work) && IsOver(WorkKind.Sync, work.ComparedAt, ReconcileInterval, ReconcileJitter)))
        {
            yield return WorkKind.Sync;
        }

        // Without a first sync there is no stock that orders or a comparison could speak of.
        if (work.LastSyncAt is null)
        {
            yield break;
        }

        if (IsOver(WorkKind.Orders, work.OrdersPolledAt, OrdersInterval, OrdersJitter))
        {
            yield return WorkKind.Orders;
        }

        if (!work.HasSync && IsOver(WorkKind.Reconcile, work.ComparedAt, ReconcileInterval, ReconcileJitter))
        {
            yield return WorkKind.Reconcile;
        }

        bool IsOver(WorkKind kind, DateTimeOffset? last, TimeSpan interval, double jitter)
        {
            var shifted = interval * (1 + (jitter * Share(work.AccountId)));
            if (sinceAttempt(kind) < shifted)
            {
                return false;
            }

            // A time that lies further ahead than that was stored before the clock was set back: it says nothing,
            // and must not be waited for.
            return last is null || (now - last.Value).Duration() >= shifted;
        }
    }

    /// <summary>Tells whether the account is to get its first sync unasked.</summary>
    public bool NeedsFirstSync(AccountWork work) => SyncOnConnect && !work.HasSync && work.LastSyncAt is null;

    /// <summary>Gives a share between -1 and 1 that is always the same for an account, in every process.</summary>
    private static double Share(AccountId accountId)
    {
        // The last bytes of an id are random in every version in use.
        Span<byte> bytes = stackalloc byte[16];
        accountId.Value.TryWriteBytes(bytes);
        return (BitConverter.ToUInt32(bytes[12..]) / (double)uint.MaxValue * 2) - 1;
    }
}
