using System.Data.Common;
using Microsoft.Extensions.Options;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>Checks the ranges of <see cref="PostgreSqlOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class PostgreSqlRangeValidator : IValidateOptions<PostgreSqlOptions>;

/// <summary>Checks that the connection string can be read.</summary>
internal sealed class PostgreSqlConnectionStringValidator : IValidateOptions<PostgreSqlOptions>
{
    public ValidateOptionsResult Validate(string? name, PostgreSqlOptions options)
    {
        string[] faults =
        [
            .. Faults(options.ConnectionString, "PostgreSQL connection string", fewest: 4),
            .. Faults(options.SessionConnectionString, "PostgreSQL connection string for sessions", fewest: 1),
            .. Faults(options.ReplicaConnectionString, "PostgreSQL connection string for replicas", fewest: 1),
        ];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(string? text, string what, int fewest)
    {
        if (string.IsNullOrEmpty(text))
        {
            return [];
        }

        try
        {
            return [.. Faults(new NpgsqlConnectionStringBuilder(text), what, fewest)];
        }
        catch (Exception exception) when (exception is ArgumentException or KeyNotFoundException or FormatException or DbException)
        {
            return [$"The {what} cannot be read: it must look like Host=...;Database=...;Username=...;Password=..."];
        }
    }

    private static IEnumerable<string> Faults(NpgsqlConnectionStringBuilder builder, string what, int fewest)
    {
        if (string.IsNullOrEmpty(builder.Host))
        {
            yield return $"The {what} names no server: add Host=...";
        }

        if (builder.Multiplexing || builder.NoResetOnClose)
        {
            yield return $"The {what} must not set Multiplexing or No Reset On Close: "
                + "syncs hold locks and temporary tables of their connection.";
        }

        if (builder.TargetSessionAttributes is { } target and not ("primary" or "read-write" or "any"))
        {
            yield return $"The {what} sets Target Session Attributes to {target}: remove it, the primary and standbys are told apart here.";
        }

        if (builder.MaxPoolSize < fewest)
        {
            yield return $"The {what} allows {builder.MaxPoolSize} connections; at least {fewest} are needed.";
        }
    }
}
