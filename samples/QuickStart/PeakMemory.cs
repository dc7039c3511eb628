using System.Diagnostics;

namespace QuickStart;

/// <summary>The most memory this process has had resident so far; the simulated marketplace lives in it, too.</summary>
internal static class PeakMemory
{
    public static double MiB()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / (1024.0 * 1024.0);
    }
}
