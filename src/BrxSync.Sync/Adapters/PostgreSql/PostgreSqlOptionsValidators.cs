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
            return string.IsNullOrEmpty(builder.Host)
                ? ValidateOptionsResult.Fail("The PostgreSQL connection string names no server: add Host=...")
                : ValidateOptionsResult.Success;
        }
        catch (Exception exception) when (exception is ArgumentException or KeyNotFoundException or FormatException or DbException)
        {
            return ValidateOptionsResult.Fail(
                "The PostgreSQL connection string cannot be read: it must look like Host=...;Database=...;Username=...;Password=...");
        }
    }
}
