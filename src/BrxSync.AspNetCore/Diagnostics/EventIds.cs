namespace BrxSync.AspNetCore.Diagnostics;

/// <summary>The log events of this package, 4000 to 4999.</summary>
internal static class EventIds
{
    public const int RouteTaken = 4000;
}
