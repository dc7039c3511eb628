namespace BrxSync.Client.Jobs;

/// <summary>One batch of a bulk run. Keep it to resume the run in another process.</summary>
/// <param name="Offset">The position of its first element in the run.</param>
/// <param name="Count">The number of its elements.</param>
/// <param name="State">How far it is.</param>
/// <param name="JobId">The job, once CardTrader gave it.</param>
/// <param name="SubmittedAt">When the job was given.</param>
public readonly record struct BulkBatch(
    int Offset, int Count, BulkBatchState State, JobId? JobId = null, DateTimeOffset? SubmittedAt = null);
