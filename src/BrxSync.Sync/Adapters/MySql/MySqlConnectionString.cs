using MySqlConnector;

namespace BrxSync.Sync.Adapters.MySql;

/// <summary>Reads the connection string of the catalogue and completes it with the options.</summary>
internal static class MySqlConnectionString
{
    /// <summary>Reads the string as given; null when it cannot be read.</summary>
    public static MySqlConnectionStringBuilder? TryRead(string connectionString)
    {
        try
        {
            return new MySqlConnectionStringBuilder(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException or InvalidOperationException)
        {
            return null;
        }
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

        return complete;
    }
}
