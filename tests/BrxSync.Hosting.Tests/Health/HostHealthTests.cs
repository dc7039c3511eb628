using BrxSync.Hosting.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BrxSync.Hosting.Tests.Health;

/// <summary>What health checks say while a host starts and once it has.</summary>
public sealed class HostHealthTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("brxsync-health-");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Health_BeforeTheSchedulerRuns_SaysStartingAndAfterTheStartIsHealthy()
    {
        var early = new Early();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddHostedService(provider => early.With(provider.GetRequiredService<HealthCheckService>()));
        builder.AddBrxSync(brx => brx.UseSqlite(_folder.FullName + "/stock.db"));
        using var host = builder.Build();

        await host.StartAsync();

        early.Seen.ShouldNotBeNull().Entries["brxsync-scheduler"].ShouldSatisfyAllConditions(
            entry => entry.Status.ShouldBe(HealthStatus.Degraded), entry => entry.Description.ShouldBe("starting"));
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        report.Status.ShouldBe(HealthStatus.Healthy, "a host that has started is ready");
        await host.StopAsync();
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync())
            .Entries["brxsync-scheduler"].Description.ShouldBe("The scheduler does not run.");
    }

    [Fact]
    public async Task Health_StoreFailsWhileTheHostStarts_SaysStartingAndLaterWhy()
    {
        await using var services = new ServiceCollection().AddLogging()
            .AddBrxSync(configure: brx => brx.WithoutJobs().UseSqlite(_folder.FullName + "/not-migrated.db"))
            .BuildServiceProvider();
        var health = services.GetRequiredService<HealthCheckService>();
        var start = services.GetRequiredService<HostStart>();

        await start.StartingAsync(default);
        var early = (await health.CheckHealthAsync()).Entries["brxsync-store"];
        await start.StartedAsync(default);
        var late = (await health.CheckHealthAsync()).Entries["brxsync-store"];

        (early.Status, early.Description, early.Exception).ShouldBe((HealthStatus.Unhealthy, "starting", null));
        late.Status.ShouldBe(HealthStatus.Unhealthy);
        late.Description.ShouldNotBeNull().ShouldNotBe("starting");
        late.Description.ShouldNotContain(_folder.Name);
    }

    [Fact]
    public async Task Health_OfARunningHost_HasFigures()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddBrxSync(brx => brx.UseSqlite(_folder.FullName + "/stock.db"));
        using var host = builder.Build();
        await host.StartAsync();

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        report.Entries["brxsync-store"].Data["latency_ms"].ShouldBeOfType<long>().ShouldBeGreaterThanOrEqualTo(0);
        report.Entries["brxsync-scheduler"].Data["high-priority.depth"].ShouldBe(0);
        report.Entries["brxsync-scheduler"].Data["high-priority.oldest_age_seconds"].ShouldBe(0L);
        report.Entries["brxsync-cardtrader"].Data["open_circuits"].ShouldBe(string.Empty);
        await host.StopAsync();
    }

    [Fact]
    public async Task Registrations_LiveAndReady_AreApart()
    {
        await using var services = new ServiceCollection().AddLogging()
            .AddBrxSync(configure: brx => brx.UseSqlite(_folder.FullName + "/stock.db")).BuildServiceProvider();

        var checks = services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations;

        checks.Where(check => check.Tags.Contains("live")).Select(check => check.Name).ShouldBe(["brxsync-live"]);
        checks.Where(check => check.Tags.Contains("ready")).Select(check => check.Name).Order()
            .ShouldBe(["brxsync-cardtrader", "brxsync-scheduler", "brxsync-store"]);
        checks.Single(check => check.Name == "brxsync-cardtrader").FailureStatus.ShouldBe(HealthStatus.Degraded);
    }

    /// <summary>A service of the host that starts before ours, and asks.</summary>
    private sealed class Early : IHostedService
    {
        private HealthCheckService? _health;

        public HealthReport? Seen { get; private set; }

        public Early With(HealthCheckService health)
        {
            _health = health;
            return this;
        }

        public async Task StartAsync(CancellationToken cancellationToken) => Seen = await _health!.CheckHealthAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
