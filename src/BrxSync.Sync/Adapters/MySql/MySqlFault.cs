using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using MySqlConnector;

namespace BrxSync.Sync.Adapters.MySql;

/// <summary>
/// Tells passing faults from lasting ones, for every provider: by the server's error number, which all of them hand on, and by what
/// the network did.
/// </summary>
internal static class MySqlFault
{
    // Too many connections, server starting, stopping or gone, connection lost or killed, lock wait, deadlock, query killed or timed out.
    private static readonly HashSet<int> Passing =
    [
        1040, 1042, 1043, 1053, 1077, 1079, 1080, 1129, 1152, 1153, 1154, 1155, 1156, 1157, 1158, 1159, 1160, 1161, 1203, 1205, 1213, 1226,
        1317, 1836, 1927, 1969, 2002, 2003, 2005, 2006, 2013, 2027, 2055, 3024, 3169, 4031,
    ];

    // What a provider says that hands no number on.
    private static readonly Dictionary<string, int> LastingStates = new(StringComparer.Ordinal)
    {
        ["28000"] = 1045, ["3D000"] = 1046, ["42S02"] = 1146, ["42S22"] = 1054,
    };

    /// <summary>Gives the first error number in the chain that the server itself sent, or null.</summary>
    public static int? Number(Exception exception)
    {
        foreach (var part in Chain(exception))
        {
            if (part.Data["Server Error Code"] is { } code && Convert.ToInt32(code, CultureInfo.InvariantCulture) is > 0 and var number)
            {
                return number;
            }

            if (part is DbException { SqlState: { } state } && LastingStates.TryGetValue(state, out var same))
            {
                return same;
            }
        }

        return null;
    }

    /// <summary>Tells whether the same query may succeed in a moment.</summary>
    public static bool IsPassing(Exception exception)
    {
        if (MySqlTlsFault.Describe(exception) is not null)
        {
            return false;
        }

        return Number(exception) is { } number
            ? Passing.Contains(number)
            : Chain(exception).Any(part => part is IOException or SocketException or TimeoutException
                or DbException { IsTransient: true }
                or MySqlException { ErrorCode: MySqlErrorCode.CommandTimeoutExpired }
                || (part is DbException { SqlState: { } state } && (state.StartsWith("08", StringComparison.Ordinal) || state is "40001")));
    }

    /// <summary>Lists an exception and what is inside it, outermost first.</summary>
    public static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var part = exception; part is not null; part = part.InnerException)
        {
            yield return part;
        }
    }

    /// <summary>Says what happened and what to do; never what the server said, which may hold names of hosts and users.</summary>
    public static string Describe(Exception exception, MySqlCatalogOptions options, int attempts) =>
        MySqlTlsFault.Describe(exception) ?? DescribeOther(exception, options, attempts);

    private static string DescribeOther(Exception exception, MySqlCatalogOptions options, int attempts) => Number(exception) switch
    {
        // MariaDB refuses a user without TLS as it refuses a wrong password.
        1045 or 1698 =>
            "The catalogue's server refused access: check user and password of its connection string, "
            + "and when the server demands TLS that SslMode is not None.",
        1044 or 1142 or 1143 =>
            "The catalogue's server refused access: check that the user of its connection string may select from its tables.",
        1049 => "The catalogue's database does not exist: check Database in its connection string.",
        1046 => "The catalogue's connection string names no database: add Database=..., or name the schema of each table.",
        1146 =>
            $"A table of the catalogue does not exist: check BrxSync:MySqlCatalog:Tables ({string.Join(", ", options.EffectiveTables)}) "
            + "and Database in the connection string.",
        1054 =>
            $"A table of the catalogue lacks a column: check BrxSync:MySqlCatalog:BlueprintColumn ({options.BlueprintColumn}) and IdColumn ({options.IdColumn}).",
        var number when IsPassing(exception) =>
            $"The catalogue did not answer after {attempts} attempt{(attempts == 1 ? "" : "s")}{Suffix(number)}: "
            + "check that its MySQL server is up and can be reached, then run the sync again.",
        var number => $"The catalogue's query failed{Suffix(number)}: {exception.GetType().Name}.",
    };

    private static string Suffix(int? number) =>
        number is null ? "" : string.Create(CultureInfo.InvariantCulture, $" (MySQL error {number})");
}
