using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using Quartz;

namespace BrxSync.Hosting.Jobs;

/// <summary>Names kinds of jobs and their queues. A job's identity is its kind and its account.</summary>
internal static class JobKinds
{
    public const string HighPriority = "high-priority";
    public const string Default = "default";
    public const string BulkSync = "bulk-sync";

    public static IReadOnlyList<string> Queues { get; } = [HighPriority, Default, BulkSync];

    public static string NameOf(WorkKind kind) => kind switch
    {
        WorkKind.Sync => "sync",
        WorkKind.Reread => "reread",
        WorkKind.Orders => "orders",
        WorkKind.Reconcile => "reconcile",
        WorkKind.Feed => "feed",
        _ => "push",
    };

    public static string QueueOf(WorkKind kind) => kind switch
    {
        WorkKind.Reread or WorkKind.Push => HighPriority,
        WorkKind.Sync => BulkSync,
        _ => Default,
    };

    /// <summary>Breaks ties between jobs that are due at the same moment.</summary>
    public static int PriorityOf(WorkKind kind) => QueueOf(kind) switch
    {
        HighPriority => 10,
        Default => 5,
        _ => 1,
    };

    public static JobKey KeyOf(AccountId accountId, WorkKind kind) => new(accountId.ToString(), NameOf(kind));

    /// <summary>Finds what a job is about; null for one that another version of the service has stored.</summary>
    public static (AccountId Account, WorkKind Kind)? Find(JobKey key)
    {
        foreach (var kind in Enum.GetValues<WorkKind>())
        {
            if (string.Equals(NameOf(kind), key.Group, StringComparison.Ordinal) && Guid.TryParse(key.Name, out var account))
            {
                return (new AccountId(account), kind);
            }
        }

        return null;
    }
}
