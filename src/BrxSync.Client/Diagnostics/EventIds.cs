namespace BrxSync.Client.Diagnostics;

/// <summary>Numbers of the log messages of this package: 1000 to 1999.</summary>
internal static class EventIds
{
    public const int CallSucceeded = 1000;
    public const int CallFailed = 1001;
    public const int Retrying = 1010;
    public const int CircuitOpened = 1011;
    public const int CircuitClosed = 1012;
    public const int TrafficPaused = 1013;
}
