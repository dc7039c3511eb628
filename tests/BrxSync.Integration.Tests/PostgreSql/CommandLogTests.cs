using System.Collections.Concurrent;
using BrxSync.Hosting.DependencyInjection;
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
        var logs = new RecordingLogs();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(logs);
        builder.AddBrxSync(brx => brx
            .UsePostgreSql(database.ConnectionString, options => options.LogCommands = logCommands)
            .UseEncryptionKeys(EncryptionKey.Generate()));
        using var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<IWorkStore>().ListAsync();
        await host.StopAsync();

        logs.Lines.Any(line => line.Category.StartsWith("Npgsql", StringComparison.Ordinal)).ShouldBe(logCommands);
        logs.Lines.ShouldNotContain(line => line.Category.StartsWith("Quartz", StringComparison.Ordinal));
        var report = logs.Lines.Where(line => line.Text.Contains("keeps the stock in", StringComparison.Ordinal)).ShouldHaveSingleItem().Text;
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        report.ShouldContain($"PostgreSQL, database {database.Name} on {connection.Host}");
        report.ShouldNotContain("Password");
    }

    private sealed class RecordingLogs : ILoggerProvider
    {
        private readonly ConcurrentQueue<(string Category, string Text)> _lines = new();

        public IReadOnlyCollection<(string Category, string Text)> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, _lines);

        public void Dispose()
        {
        }
    }

    private sealed class Recorder(string category, ConcurrentQueue<(string Category, string Text)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lines.Enqueue((category, formatter(state, exception)));
            }
        }
    }
}
