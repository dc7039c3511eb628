using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using Quartz;

namespace BrxSync.Hosting.Jobs;

/// <summary>Names kinds of jobs and their queues. A job's identity is its kind and its account.</summary>
internal static class JobKinds
{
    /// <summary>The name of the scheduler: our own, beside whatever the host schedules.</summary>
    public const string Scheduler = "brxsync";

    /// <summary>Under which name a trigger carries the trace of whoever asked for its job.</summary>
    public const string TraceParent = "traceparent";

    public const string HighPriority = "high-priority";
    public const string Default = "default";
    public const string BulkSync = "bulk-sync";

    /// <summary>
    /// The priority of what somebody or something asked for. It tells such jobs from the others; what puts them in front is
    /// <see cref="HeadStart"/>.
    /// </summary>
    public const int Asked = 10;

    /// <summary>The priority of what the clock started.</summary>
    public const int Periodic = 5;

    /// <summary>
    /// By how much a job that was asked for goes before one of its queue that the clock started. Jobs run in the order of their times, so
    /// one that has waited for longer than this goes first all the same: nobody starves.
    /// </summary>
    public static readonly TimeSpan HeadStart = TimeSpan.FromMinutes(10);

    public static IReadOnlyList<string> Queues { get; } = [HighPriority, Default, BulkSync];

    public static string NameOf(WorkKind kind) => StoredWords.Of(kind);

    public static string QueueOf(WorkKind kind) => kind switch
    {
        WorkKind.Reread or WorkKind.Push => HighPriority,
        WorkKind.Sync => BulkSync,
        _ => Default,
    };

    public static JobKey KeyOf(AccountId accountId, WorkKind kind) => new(accountId.ToString(), NameOf(kind));

    /// <summary>Finds what a job is about; null for one that another version of the service has stored.</summary>
    public static (AccountId Account, WorkKind Kind)? Find(JobKey key) =>
        StoredWords.FindWorkKind(key.Group) is { } kind && Guid.TryParse(key.Name, out var account)
            ? (new AccountId(account), kind)
            : null;
}
