namespace BrxSync.Hosting.Jobs;

/// <summary>How the run of a job ended, as the metrics say it.</summary>
internal static class JobOutcome
{
    public const string Completed = "completed";

    /// <summary>No calls may be made for the account.</summary>
    public const string Skipped = "skipped";

    /// <summary>Failed for now; it is tried again.</summary>
    public const string Retried = "retried";

    public const string Failed = "failed";

    /// <summary>Ended with its process, its account or its operation.</summary>
    public const string Cancelled = "cancelled";

    public const string TimedOut = "timed_out";

    /// <summary>Nothing does work of this kind here.</summary>
    public const string Unknown = "unknown";
}
