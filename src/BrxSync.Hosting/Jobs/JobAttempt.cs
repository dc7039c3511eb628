using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using Quartz;

namespace BrxSync.Hosting.Jobs;

/// <summary>One run of a job, with what is known of those before it.</summary>
internal sealed record JobAttempt
{
    public required AccountId Account { get; init; }

    public required WorkKind Kind { get; init; }

    /// <summary>Whether a person or a signal asked for it.</summary>
    public required bool IsAsked { get; init; }

    /// <summary>The trace of whoever asked for it.</summary>
    public string? TraceParent { get; init; }

    /// <summary>What its trigger repeats; null for nothing.</summary>
    public Repetition? Repetition { get; init; }

    /// <summary>What the store knows of former failures; null when there were none.</summary>
    public JobRetry? Former { get; init; }

    /// <summary>Whether the store could be asked.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>Whether it repeats what has ended meanwhile, by success or by a person's word: nothing is to be done.</summary>
    public bool IsVoid => IsKnown && Repetition is { IsStored: true } repetition && Former?.Attempts != repetition.Attempts;

    public static JobAttempt Of(IJobExecutionContext context, AccountId account, WorkKind kind)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new JobAttempt
        {
            Account = account,
            Kind = kind,
            IsAsked = context.Trigger.Priority == JobKinds.Asked,
            TraceParent = context.Trigger.JobDataMap.TryGetValue(JobKinds.TraceParent, out var parent) ? parent as string : null,
            Repetition = Jobs.Repetition.Find(context.Trigger.JobDataMap),
        };
    }
}
