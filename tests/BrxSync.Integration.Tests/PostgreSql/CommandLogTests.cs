using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Accounts;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BrxSync.Integration.Tests.PostgreSql;

/// <summary>What a worker on PostgreSQL says at the level that hosts begin with.</summary>
public sealed class CommandLogTests(PostgreSqlDatabase database) : IClassFixture<PostgreSqlDatabase>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_OnPostgreSql_TellsStatementsOnlyWhenAskedTo(bool logCommands)
    {
        using var logs = new RecordingLoggerProvider(LogLevel.Information);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(logs);
        builder.AddBrxSync(brx => brx
            .UsePostgreSql(database.ConnectionString, options => options.LogCommands = logCommands)
            .UseEncryptionKeys(EncryptionKey.Generate()));
        using var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<IWorkStore>().FindAsync(Sync.AccountId.Create());
        await host.StopAsync();

        logs.Entries.Any(line => line.Category.StartsWith("Npgsql", StringComparison.Ordinal)).ShouldBe(logCommands);
        logs.Entries.ShouldNotContain(line => line.Category.StartsWith("Quartz", StringComparison.Ordinal));
        var report = logs.Entries.Where(line => line.Text.Contains("keeps the stock in", StringComparison.Ordinal))
            .ShouldHaveSingleItem().Text;
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        report.ShouldContain($"PostgreSQL, database {database.Name} on {connection.Host}");
        report.ShouldNotContain("Password");
    }
}
