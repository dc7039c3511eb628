using System.Globalization;

namespace BrxSync.Fleet.Tests;

/// <summary>
/// How large a fleet is and what it suffers: <c>BRXSYNC_FLEET</c> as "accounts items mishaps seconds", the last for how long a worker
/// stands still.
/// </summary>
internal sealed record FleetSize(int Accounts, int Items, int Mishaps, TimeSpan Standstill)
{
    public const int Workers = 3;

    /// <summary>Connections to PostgreSQL that each process may have.</summary>
    public const int PoolSize = 12;

    public static FleetSize Read()
    {
        var given = Environment.GetEnvironmentVariable("BRXSYNC_FLEET") ?? "3 60 3 14";
        var numbers = given.Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new FleetSize(numbers[0], numbers[1], numbers[2], TimeSpan.FromSeconds(numbers[3]));
    }
}
