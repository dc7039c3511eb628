namespace BrxSync.Hosting.Diagnostics;

/// <summary>The log events of this package, 3000 to 3999.</summary>
internal static class EventIds
{
    public const int KeyCreated = 3000;
}
