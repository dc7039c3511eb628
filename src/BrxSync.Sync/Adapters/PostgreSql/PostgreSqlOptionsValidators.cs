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
        if (string.IsNullOrEmpty(options.ConnectionString))
        {
            return ValidateOptionsResult.Skip;
        }

        try
        {
            var builder = new NpgsqlConnectionStringBuilder(options.ConnectionString);
            var faults = Faults(builder).ToArray();
            return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
        catch (Exception exception) when (exception is ArgumentException or KeyNotFoundException or FormatException or DbException)
        {
            return ValidateOptionsResult.Fail(
                "The PostgreSQL connection string cannot be read: it must look like Host=...;Database=...;Username=...;Password=...");
        }
    }

    private static IEnumerable<string> Faults(NpgsqlConnectionStringBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Host))
        {
            yield return "The PostgreSQL connection string names no server: add Host=...";
        }

        if (builder.Multiplexing || builder.NoResetOnClose)
        {
            yield return "The PostgreSQL connection string must not set Multiplexing or No Reset On Close: "
                + "syncs hold locks and temporary tables of their connection.";
        }

        if (builder.MaxPoolSize < 4)
        {
            yield return $"The PostgreSQL connection string allows {builder.MaxPoolSize} connections; at least 4 are needed.";
        }
    }
}
