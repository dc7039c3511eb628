using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Adapters.Redis;

/// <summary>Checks the ranges of <see cref="RedisOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class RedisRangeValidator : IValidateOptions<RedisOptions>;

/// <summary>Checks names, and whether a connection can be made from what was given.</summary>
/// <param name="given">The connection that stands in for a connection string, or null.</param>
internal sealed partial class RedisRules(RedisMultiplexer? given = null) : IValidateOptions<RedisOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = Names(options).Concat(given is null ? Connection(options) : []).ToArray();
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Names(RedisOptions options)
    {
        if (!string.IsNullOrEmpty(options.KeyPrefix) && !Prefix().IsMatch(options.KeyPrefix))
        {
            yield return "KeyPrefix is not a name: use letters, digits, hyphens, underscores, dots and colons. "
                + "Braces would move keys of a cluster.";
        }

        if (options.ServiceName is { } service && string.IsNullOrWhiteSpace(service))
        {
            yield return "ServiceName is blank: give the name that Sentinel knows the primary by, or leave it out.";
        }
    }

    private static IEnumerable<string> Connection(RedisOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            yield return "Redis needs a connection string: set BrxSync:Redis:ConnectionString or call UseRedis(\"host:6379\").";
        }
        else if (RedisConnectionString.FindFault(options.ConnectionString) is { } fault)
        {
            yield return fault;
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.:-]+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Prefix();
}
