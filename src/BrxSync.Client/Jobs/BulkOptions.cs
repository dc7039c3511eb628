namespace BrxSync.Client.Jobs;

/// <summary>Sets how a bulk run works.</summary>
public sealed record BulkOptions
{
    /// <summary>Gets the number of elements in one batch.</summary>
    /// <value>100. At most 450; CardTrader does not state a limit.</value>
    public int BatchSize { get; init; } = 100;

    /// <summary>Gets how many jobs may be at work at the same time.</summary>
    /// <value>4</value>
    public int MaxJobsAtWork { get; init; } = 4;

    /// <summary>Gets how long to wait before a job is asked for the first time, and at least between two questions.</summary>
    /// <value>1 second. The limit of one question per second for all jobs together holds besides.</value>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets how long to ask for a job before its elements are taken as in doubt.</summary>
    /// <value>300 seconds</value>
    public TimeSpan JobTimeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>
    /// Gets what to call whenever a batch changes: before it is handed in, when its job is known, when it is settled. It is awaited, so
    /// a job id is stored before anything else happens.
    /// </summary>
    public Func<BulkBatch, CancellationToken, ValueTask>? BatchChanged { get; init; }

    internal void ThrowIfInvalid(string parameter)
    {
        var faults = new List<string>();
        Require(
            BatchSize is >= 1 and <= BulkRequest.MaxBatchSize, $"BatchSize is {BatchSize}; set it from 1 to {BulkRequest.MaxBatchSize}.");
        Require(MaxJobsAtWork >= 1, $"MaxJobsAtWork is {MaxJobsAtWork}; set it to 1 or more.");
        Require(PollInterval >= TimeSpan.Zero, $"PollInterval is {PollInterval}; it must not be negative.");
        Require(JobTimeout > TimeSpan.Zero, $"JobTimeout is {JobTimeout}; it must be positive.");
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), parameter);
        }

        void Require(bool condition, string fault)
        {
            if (!condition)
            {
                faults.Add(fault);
            }
        }
    }
}
