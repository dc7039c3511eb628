namespace BrxSync.Hosting.Health;

/// <summary>What several checks say.</summary>
internal static class HealthWords
{
    /// <summary>The host has not started yet, which is no fault.</summary>
    public const string Starting = "starting";
}
