using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using MySqlConnector;

namespace BrxSync.Sync.Adapters.MySql;

/// <summary>Checks the ranges of <see cref="MySqlCatalogOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class MySqlCatalogRangeValidator : IValidateOptions<MySqlCatalogOptions>;

/// <summary>Checks names, since they become part of a statement, and whether a connection can be made from what was given.</summary>
/// <param name="given">The data source that stands in for a connection string, or null.</param>
internal sealed partial class MySqlCatalogRules(MySqlCatalogDataSource? given = null) : IValidateOptions<MySqlCatalogOptions>
{
    public ValidateOptionsResult Validate(string? name, MySqlCatalogOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = Names(options).Concat(given is null ? Connection(options) : []).ToArray();
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Names(MySqlCatalogOptions options)
    {
        foreach (var table in options.Tables
            .Concat(options.ExcludedTables)
            .Distinct(StringComparer.Ordinal)
            .Where(table => !Table().IsMatch(table ?? "")))
        {
            yield return $"'{Shortened(table)}' cannot be a table of the catalogue: "
                + "use letters, digits and underscores, and at most one schema before a dot.";
        }

        foreach (var table in options.Tables.GroupBy(table => table, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return $"The catalogue's table '{Shortened(table.Key)}' is listed {table.Count()} times in Tables: list it once.";
        }

        foreach (var table in options.ExcludedTables.Except(options.EffectiveTables, StringComparer.Ordinal))
        {
            yield return $"ExcludedTables names '{Shortened(table)}', which is not among the catalogue's tables "
                + $"({string.Join(", ", options.EffectiveTables.Select(Shortened))}).";
        }

        if (!options.EffectiveTables.Except(options.ExcludedTables, StringComparer.Ordinal).Any())
        {
            yield return "ExcludedTables excludes every table of the catalogue, so nothing could be synchronized: leave one out.";
        }

        foreach (var (option, column) in ((string, string)[])[
            (nameof(options.BlueprintColumn), options.BlueprintColumn), (nameof(options.IdColumn), options.IdColumn),
        ])
        {
            if (!Column().IsMatch(column ?? ""))
            {
                yield return $"{option} is '{Shortened(column)}': use letters, digits and underscores.";
            }
        }

        if (options.RetryDelay > options.MaxRetryDelay)
        {
            yield return $"RetryDelay is {options.RetryDelay}, longer than MaxRetryDelay ({options.MaxRetryDelay}): give it at most that.";
        }
    }

    private static IReadOnlyList<string> Connection(MySqlCatalogOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            return
            [
                "The catalogue needs a connection string: "
                    + "set BrxSync:MySqlCatalog:ConnectionString or call UseMySqlCatalog(\"Server=...\").",
            ];
        }

        return MySqlConnectionString.FindFaults(options.ConnectionString) is { Count: > 0 } faults ? faults
            : [.. PoolSize(new MySqlConnectionStringBuilder(options.ConnectionString), options)];
    }

    private static IEnumerable<string> PoolSize(MySqlConnectionStringBuilder settings, MySqlCatalogOptions options)
    {
        var most = settings.ContainsKey("Maximum Pool Size") ? (long)settings.MaximumPoolSize : Math.Max(options.MaxPoolSize, 0);
        if (!settings.Pooling || settings.MaximumPoolSize is < 1 or > int.MaxValue)
        {
            yield return "The catalogue's connection string switches pooling off: remove Pooling and give Maximum Pool Size at least 1.";
        }
        else if (settings.MinimumPoolSize > most)
        {
            yield return $"The catalogue's connection string sets Minimum Pool Size to {settings.MinimumPoolSize}, "
                + $"more than its connections at most ({most}): lower it, or raise Maximum Pool Size.";
        }
    }

    private static string Shortened(string? text) => text is null ? "" : text.Length <= 64 ? text : text[..64] + "...";

    [GeneratedRegex(@"\A[A-Za-z0-9_]{1,64}(\.[A-Za-z0-9_]{1,64})?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Table();

    [GeneratedRegex(@"\A[A-Za-z0-9_]{1,64}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Column();
}
