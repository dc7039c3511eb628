using System.Data.Common;
using MySqlConnector;

namespace BrxSync.Sync.Adapters.MySql;

/// <summary>Reads the connection string of the catalogue and completes it with the options.</summary>
internal static class MySqlConnectionString
{
    /// <summary>Tells what is wrong with the string: keywords by their names, values never.</summary>
    public static IReadOnlyList<string> FindFaults(string connectionString)
    {
        var given = new DbConnectionStringBuilder();
        if (!Succeeds(() => given.ConnectionString = connectionString))
        {
            return ["The catalogue's connection string cannot be read: it must look like Server=...;Database=...;User ID=...;Password=..."];
        }

        var settings = new MySqlConnectionStringBuilder();
        var faults = new List<string>();
        foreach (string keyword in given.Keys)
        {
            if (!Succeeds(() => _ = settings[keyword]))
            {
                faults.Add($"The catalogue's connection string has the keyword '{Shortened(keyword)}', which MySqlConnector does not know: "
                    + "remove it, or correct its spelling.");
            }
            else if (!Succeeds(() => settings[keyword] = given[keyword]))
            {
                faults.Add($"The catalogue's connection string gives '{keyword}' a value that it cannot have.");
            }
        }

        return faults;
    }

    /// <summary>Gives what connections are opened with: what the string sets itself wins over the options.</summary>
    public static MySqlConnectionStringBuilder Complete(MySqlCatalogOptions options)
    {
        var complete = new MySqlConnectionStringBuilder(options.ConnectionString);
        if (!complete.ContainsKey("Maximum Pool Size"))
        {
            complete.MaximumPoolSize = (uint)options.MaxPoolSize;
        }

        if (!complete.ContainsKey("Connection Timeout"))
        {
            complete.ConnectionTimeout = (uint)options.ConnectTimeoutSeconds;
        }

        if (!complete.ContainsKey("Default Command Timeout"))
        {
            complete.DefaultCommandTimeout = (uint)options.CommandTimeoutSeconds;
        }

        if (!complete.ContainsKey("Connection Idle Timeout"))
        {
            complete.ConnectionIdleTimeout = (uint)options.IdleLifetimeSeconds;
        }

        if (!complete.ContainsKey("Connection Lifetime"))
        {
            complete.ConnectionLifeTime = (uint)options.ConnectionLifetimeSeconds;
        }

        return complete;
    }

    private static bool Succeeds(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException
            or InvalidOperationException or InvalidCastException)
        {
            return false;
        }
    }

    private static string Shortened(string keyword) => keyword.Length <= 64 ? keyword : keyword[..64] + "...";
}
