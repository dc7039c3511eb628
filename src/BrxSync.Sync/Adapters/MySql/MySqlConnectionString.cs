using System.Data.Common;
using System.Globalization;

namespace BrxSync.Sync.Adapters.MySql;

/// <summary>Completes a connection string with the options, whichever provider will read it.</summary>
internal static class MySqlConnectionString
{
    private static readonly string[] PoolSizeNames = ["maximumpoolsize", "maxpoolsize"];
    private static readonly string[] ConnectTimeoutNames = ["connectiontimeout", "connecttimeout"];

    /// <summary>Reads the string as given; null when the provider refuses it.</summary>
    public static DbConnectionStringBuilder? TryRead(DbProviderFactory provider, string connectionString)
    {
        try
        {
            var strict = provider.CreateConnectionStringBuilder() ?? new DbConnectionStringBuilder();
            strict.ConnectionString = connectionString;

            // The provider's own builder knows every keyword it has; a plain one tells which of them were given.
            return new DbConnectionStringBuilder { ConnectionString = connectionString };
        }
        catch (Exception exception) when (exception is ArgumentException or KeyNotFoundException or FormatException or DbException
            or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Gives the pool size that the string sets, or <paramref name="otherwise"/>.</summary>
    public static int PoolSize(DbConnectionStringBuilder given, int otherwise) =>
        Value(given, PoolSizeNames) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size
        : 0;

    public static bool IsUnpooled(DbConnectionStringBuilder given) =>
        Value(given, ["pooling"]) is { } text && (string.Equals(text, "false", StringComparison.OrdinalIgnoreCase) || text is "0" or "no");

    /// <summary>Gives the string that connections are opened with.</summary>
    public static string Complete(DbProviderFactory provider, MySqlCatalogOptions options)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = options.ConnectionString };
        var complete = provider.CreateConnectionStringBuilder() ?? new DbConnectionStringBuilder();
        complete.ConnectionString = options.ConnectionString;
        complete["Maximum Pool Size"] = PoolSize(given, options.MaxPoolSize);
        if (Value(given, ConnectTimeoutNames) is null)
        {
            complete["Connection Timeout"] = options.ConnectTimeoutSeconds;
        }

        return complete.ConnectionString;
    }

    private static string? Value(DbConnectionStringBuilder given, string[] names) =>
        given.Keys?.Cast<string>().FirstOrDefault(key => names.Contains(Plain(key), StringComparer.Ordinal)) is { } found
            ? Convert.ToString(given[found], CultureInfo.InvariantCulture)
            : null;

    // Providers take the same keyword with and without spaces and underscores.
    private static string Plain(string key) =>
        key.Replace(" ", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
