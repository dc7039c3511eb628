using System.Diagnostics.Metrics;
using BrxSync.Sync;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Adapters.PostgreSql;
using BrxSync.Sync.Adapters.PostgreSql.Connections;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace BrxSync.Integration.Tests.PostgreSql;

/// <summary>How large the pools are, what they tell, and what is said when the server has too little for them.</summary>
public sealed class PoolTests(PostgreSqlDatabase database) : IClassFixture<PostgreSqlDatabase>
{
    private const int PoolsExceedServer = 2202;

    [Fact]
    public async Task Migrate_PoolsOfAllProcessesExceedTheServer_WarnsOnceWithTheArithmetic()
    {
        using var logs = new RecordingLoggerProvider(LogLevel.Warning);
        await using var services = Build(options => options.Processes = 1000, logs);

        await services.GetRequiredService<IStoreMigrator>().MigrateAsync();

        var warning = logs.Entries.Where(line => line.EventId == PoolsExceedServer).ShouldHaveSingleItem().Text;
        var connections = await database.ScalarAsync<string>("select current_setting('max_connections')");
        warning.ShouldContain("1000 processes x 50 = 50000");
        warning.ShouldContain($"max_connections {connections} - ");
    }

    [Fact]
    public async Task Migrate_PoolsFitTheServer_SaysNothing()
    {
        using var logs = new RecordingLoggerProvider(LogLevel.Warning);
        await using var services = Build(options => (options.Processes, options.MaxPoolSize) = (1, 4), logs);

        await services.GetRequiredService<IStoreMigrator>().MigrateAsync();

        logs.Entries.ShouldNotContain(line => line.EventId == PoolsExceedServer);
    }

    [Fact]
    public async Task Migrate_ProcessesInTheSchedulersTable_AreCountedUnlessTheyAreGone()
    {
        using var logs = new RecordingLoggerProvider(LogLevel.Warning);
        await using var services = Build(options => options.MaxPoolSize = 10_000, logs);
        await services.GetRequiredService<IStoreMigrator>().MigrateAsync();
        logs.Entries.Single(line => line.EventId == PoolsExceedServer).Text.ShouldContain("1 processes x 10000");
        var now = DateTimeOffset.UtcNow;
        await database.ExecuteAsync(
            $"""
            insert into brx_qrtz_scheduler_state (sched_name, instance_name, last_checkin_time, checkin_interval)
            values ('brxsync', 'alive', {now.UtcTicks}, 1), ('brxsync', 'gone', {now.AddHours(-1).UtcTicks}, 1)
            """);

        await services.GetRequiredService<IStoreMigrator>().MigrateAsync();

        logs.Entries.Last(line => line.EventId == PoolsExceedServer).Text.ShouldContain("2 processes x 10000 = 20000");
        await database.ExecuteAsync("delete from brx_qrtz_scheduler_state");
    }

    [Fact]
    public async Task Open_LimitsOfTheOptions_ArriveAndTheConnectionStringWins()
    {
        await using var services = Build(options =>
        {
            options.ConnectionString += ";Connection Lifetime=77";
            (options.MaxPoolSize, options.ConnectTimeoutSeconds, options.IdleLifetimeSeconds) = (7, 8, 99);
            options.ConnectionLifetimeSeconds = 500;
        });

        await using var connection = await services.GetRequiredService<PostgreSqlPool>().DataSource.OpenNpgsqlAsync(default);

        var settings = new NpgsqlConnectionStringBuilder(connection.ConnectionString);
        (settings.MaxPoolSize, settings.Timeout, settings.ConnectionIdleLifetime, settings.ConnectionLifetime).ShouldBe((7, 8, 99, 77));
    }

    [Fact]
    public async Task Validate_LimitsThatCannotBe_AreToldTogether()
    {
        await using var services = Build(options =>
        {
            (options.MaxPoolSize, options.ConnectTimeoutSeconds, options.IdleLifetimeSeconds) = (3, 0, 1);
            options.SessionConnectionString = "Port=1";
        });

        var exception = Should.Throw<OptionsValidationException>(
            () => services.GetRequiredService<IOptions<PostgreSqlOptions>>().Value);

        exception.Message.ShouldContain("MaxPoolSize");
        exception.Message.ShouldContain("ConnectTimeoutSeconds");
        exception.Message.ShouldContain("IdleLifetimeSeconds");
        exception.Message.ShouldContain("connection string for sessions names no server");
    }

    [Fact]
    public async Task Gauges_OnePoolInUse_AreToldOnceByDriverAndByUs()
    {
        var told = new List<(string Meter, string Name, string? State, long Value)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name.StartsWith("db.client.connection.", StringComparison.Ordinal))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.Start();
        await using var services = Build(options => options.MaxPoolSize = 4);
        var source = services.GetRequiredService<PostgreSqlPool>().DataSource;
        await using var held = await source.OpenNpgsqlAsync(default);

        listener.RecordObservableInstruments();

        told.ShouldContain(("Npgsql", "db.client.connection.count", "used", 1L));
        told.ShouldContain(("Npgsql", "db.client.connection.count", "idle", 0L));
        told.ShouldContain(("Npgsql", "db.client.connection.max", null, 4L));
        told.ShouldContain(("BrxSync.Sync", "db.client.connection.pending_requests", null, 0L));
        told.Where(one => one.Meter == "BrxSync.Sync").ShouldAllBe(one => one.Name == "db.client.connection.pending_requests");

        void Record(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            string? state = null;
            var isOurs = false;
            foreach (var tag in tags)
            {
                state = tag.Key == "db.client.connection.state" ? tag.Value as string : state;
                isOurs |= tag is { Key: "db.client.connection.pool.name", Value: "BrxSync" };
            }

            if (isOurs)
            {
                told.Add((instrument.Meter.Name, instrument.Name, state, value));
            }
        }
    }

    [Fact]
    public async Task Health_OneConnectionInUse_TellsOfThePoolWithoutNamesOfServers()
    {
        await using var services = Build(options => options.MaxPoolSize = 5);
        await services.GetRequiredService<IStoreMigrator>().MigrateAsync();
        await using var held = await services.GetRequiredService<PostgreSqlPool>().DataSource.OpenNpgsqlAsync(default);

        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "brxsync-store");

        var entry = report.Entries["brxsync-store"];
        entry.Status.ShouldBe(HealthStatus.Healthy);
        entry.Data.Keys.Order().ShouldBe(["latency_ms", "pool.idle", "pool.max", "pool.used", "pool.waiting"]);
        ((int)entry.Data["pool.used"]).ShouldBeGreaterThan(0);
        ((int)entry.Data["pool.waiting"]).ShouldBe(0);
    }

    private ServiceProvider Build(Action<PostgreSqlOptions> configure, ILoggerProvider? logs = null) =>
        new ServiceCollection()
            .AddLogging(logging =>
            {
                if (logs is not null)
                {
                    logging.AddProvider(logs);
                }
            })
            .AddBrxSync(configure: brx => brx
                .WithoutJobs().UsePostgreSql(database.ConnectionString, configure).UseEncryptionKeys(EncryptionKey.Generate()))
            .BuildServiceProvider();
}
