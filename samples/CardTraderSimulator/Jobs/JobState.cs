namespace BrxSync.Simulator.Jobs;

/// <summary>The states of a job, as texts.</summary>
internal static class JobState
{
    public const string Pending = "pending";
    public const string Running = "running";
    public const string Completed = "completed";
    public const string Unprocessable = "unprocessable";
    public const string Unknown = "unknown";
}
