using System.Globalization;

namespace BrxSync.Benchmarks;

/// <summary>
/// The processor time that this process and the database server have used. Other work on the machine stretches seconds, but not these. A
/// server elsewhere counts as nothing.
/// </summary>
internal sealed class CpuClock(int backend)
{
    private const double TicksPerSecond = 100;

    private readonly string? _server = Stat(backend)?[1];

    public CpuTimes Read()
    {
        var server = 0.0;
        if (_server is not null)
        {
            // The server's processes that live, and with their parent those that have ended.
            foreach (var stat in Directory.EnumerateDirectories("/proc")
                .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? Stat(id) : null))
            {
                server += stat is not null && stat[1] == _server ? Sum(stat[11..13]) : 0;
            }

            server += Sum(Stat(int.Parse(_server, CultureInfo.InvariantCulture))![11..15]);
        }

        return new CpuTimes(Environment.CpuUsage.TotalTime.TotalSeconds, server / TicksPerSecond);
    }

    /// <summary>The fields after the process's name: state, parent, and so on.</summary>
    private static string[]? Stat(int process)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{process}/stat");
            return line.Contains("(postgres)", StringComparison.Ordinal) ? line[(line.LastIndexOf(')') + 2)..].Split(' ') : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static double Sum(string[] ticks) => ticks.Sum(field => double.Parse(field, CultureInfo.InvariantCulture));
}

/// <summary>Seconds of processor time.</summary>
internal readonly record struct CpuTimes(double Client, double Server)
{
    public static CpuTimes operator -(CpuTimes left, CpuTimes right) => new(left.Client - right.Client, left.Server - right.Server);

    public static CpuTimes operator *(CpuTimes left, double factor) => new(left.Client * factor, left.Server * factor);

    public static CpuTimes operator /(CpuTimes left, double count) => new(left.Client / count, left.Server / count);
}
