using StackExchange.Redis;

namespace BrxSync.Sync.Adapters.Redis;

/// <summary>What a connection string says, completed by the options. Nothing of it is shown: it may be part of a password.</summary>
internal static class RedisConnectionString
{
    /// <summary>Says what is wrong with a connection string, or null.</summary>
    public static string? FindFault(string text)
    {
        try
        {
            return ConfigurationOptions.Parse(text, ignoreUnknown: false).EndPoints.Count > 0
                ? null
                : "The connection string of Redis names no server: begin it with one or more of host:port.";
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            return "The connection string of Redis cannot be read: write host:port, then keyword=value, with commas between. "
                + "A password that has a comma in it cannot stand there: make the connection yourself and give it to UseRedis().";
        }
    }

    /// <summary>Makes the driver's settings.</summary>
    public static ConfigurationOptions Complete(RedisOptions options)
    {
        var text = options.ConnectionString;
        var settings = ConfigurationOptions.Parse(text);
        var keywords = text.Split(',')
            .Select(static part => part.Split('=')[0].Trim())
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

        // The host starts without Redis too, and a command fails at once while it is away: somebody else takes over then.
        settings.AbortOnConnectFail = false;
        settings.BacklogPolicy = BacklogPolicy.FailFast;
        settings.ReconnectRetryPolicy = new LinearRetry(1000);
        settings.AllowAdmin = false;
        settings.IncludeDetailInExceptions = false;
        settings.ClientName ??= "brxsync";
        settings.ServiceName = options.ServiceName ?? settings.ServiceName;
        if (!keywords.Contains("connectTimeout"))
        {
            settings.ConnectTimeout = (int)options.ConnectTimeout.TotalMilliseconds;
        }

        if (!keywords.Contains("syncTimeout"))
        {
            settings.SyncTimeout = (int)options.CommandTimeout.TotalMilliseconds;
        }

        if (!keywords.Contains("asyncTimeout"))
        {
            settings.AsyncTimeout = (int)options.CommandTimeout.TotalMilliseconds;
        }

        return settings;
    }
}
