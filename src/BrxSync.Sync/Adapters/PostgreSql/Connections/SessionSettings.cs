using System.Text.RegularExpressions;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql.Connections;

/// <summary>
/// What our sessions set themselves, so that nothing of it is inherited from the server, the database or the role. It travels with the
/// start of a connection: only then does the reset on its return to the pool lead back to it.
/// </summary>
internal static partial class SessionSettings
{
    private const string SearchPath = "search_path";
    private const string Commit = "synchronous_commit";
    private const int MatchMilliseconds = 1000;

    private static readonly KeyValuePair<string, string>[] Always =
    [
        // Commands have limits of their own, which are options and cancel what they end; a sync waits between two statements as long as
        // CardTrader takes.
        new("statement_timeout", "0"),
        new("lock_timeout", "0"),
        new("idle_in_transaction_session_timeout", "0"),
        new("idle_session_timeout", "0"),

        // The statements lock what they rely on; a stricter level would fail them with 40001, which nobody repeats.
        new("default_transaction_isolation", "read committed"),
        new("default_transaction_read_only", "off"),
        new("default_transaction_deferrable", "off"),

        // What text means, both ways.
        new("DateStyle", "ISO, MDY"),
        new("IntervalStyle", "postgres"),
        new("bytea_output", "hex"),
        new("extra_float_digits", "1"),
        new("standard_conforming_strings", "on"),
    ];

    /// <summary>Completes a connection string.</summary>
    /// <param name="connection">What is completed.</param>
    /// <param name="serverVersion">The server's major version: it refuses settings that it does not know.</param>
    /// <returns>The settings that have to be in force in every session.</returns>
    public static IReadOnlyDictionary<string, string> Apply(NpgsqlConnectionStringBuilder connection, int serverVersion)
    {
        var settings = new Dictionary<string, string>(Always, StringComparer.OrdinalIgnoreCase);
        if (serverVersion >= 17)
        {
            settings.Add("transaction_timeout", "0");
        }

        var given = Given(connection.Options);
        var schema = string.IsNullOrEmpty(connection.SearchPath) ? given.GetValueOrDefault(SearchPath) : connection.SearchPath;
        if (schema is null)
        {
            settings.Add(SearchPath, "\"$user\", public");
        }

        // A delivery that was answered must survive a crash. How far a standby has to be is the operator's choice.
        if (given.GetValueOrDefault(Commit)?.ToUpperInvariant() is not ("LOCAL" or "REMOTE_WRITE" or "REMOTE_APPLY"))
        {
            settings.Add(Commit, "on");
        }

        // Of two words for one setting the server takes the last.
        var ours = string.Join(' ', settings.Select(setting => $"-c {setting.Key}={Escape(setting.Value)}"));
        connection.Options = string.IsNullOrEmpty(connection.Options) ? ours : $"{connection.Options} {ours}";

        // The driver sends these apart; from its environment, where the connection string does not say.
        (connection.Timezone, connection.ClientEncoding, connection.Encoding) = ("UTC", "UTF8", "UTF8");
        if (schema is not null)
        {
            settings.Add(SearchPath, schema);
        }

        settings.Add("TimeZone", connection.Timezone);
        settings.Add("client_encoding", connection.ClientEncoding);
        return settings;
    }

    /// <summary>Tells whether the connection string says in which schema the tables are.</summary>
    public static bool NamesSchema(NpgsqlConnectionStringBuilder connection) =>
        !string.IsNullOrEmpty(connection.SearchPath) || Given(connection.Options).ContainsKey(SearchPath);

    /// <summary>Reads <c>-c name=value</c>, <c>-cname=value</c> and <c>--name=value</c>.</summary>
    private static Dictionary<string, string> Given(string? options)
    {
        var given = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match match in Setting.Matches(options ?? string.Empty))
        {
            given[match.Groups["name"].Value.Replace('-', '_')] = Escaped.Replace(match.Groups["value"].Value, "${character}");
        }

        return given;
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<!\S)(-c\s*|--)(?<name>[\w.-]+)=(?<value>(\\.|\S)*)", RegexOptions.ExplicitCapture, MatchMilliseconds)]
    private static partial Regex Setting { get; }

    [GeneratedRegex(@"\\(?<character>.)", RegexOptions.ExplicitCapture, MatchMilliseconds)]
    private static partial Regex Escaped { get; }
}
