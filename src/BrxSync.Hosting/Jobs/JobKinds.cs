using BrxSync.Sync.Abstractions;
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

    public static WorkKind KindOf(JobKey key) => Enum.GetValues<WorkKind>().Single(kind => NameOf(kind) == key.Group);

    public static AccountId AccountOf(JobKey key) => new(Guid.Parse(key.Name));
}
