namespace BrxSync.Hosting.Diagnostics;

/// <summary>The log events of this package, 3000 to 3999.</summary>
internal static class EventIds
{
    public const int KeyCreated = 3000;
    public const int Configured = 3001;

    // Jobs: 3100 to 3199.
    public const int JobRetried = 3100;
    public const int JobFailed = 3101;
    public const int JobTimedOut = 3102;
    public const int JobOverdue = 3103;
    public const int SweepFailed = 3104;
    public const int SignalLost = 3105;
    public const int JobUnknown = 3106;
    public const int RetentionFailed = 3107;
    public const int FiguresFailed = 3108;
    public const int JobNotRecorded = 3109;
}
