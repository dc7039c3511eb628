using System.Diagnostics;
using BrxSync.Hosting.Jobs;
using BrxSync.Hosting.Tests.Examples;
using BrxSync.Hosting.Tests.Jobs;
using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace BrxSync.Hosting.Tests.Telemetry;

/// <summary>One line each collects what all packages trace and measure.</summary>
public sealed class InstrumentationTests : IAsyncLifetime
{
    private JobsHost _jobs = null!;

    public async Task InitializeAsync() => _jobs = await JobsHost.CreateAsync();

    public async Task DisposeAsync() => await _jobs.DisposeAsync();

    [Fact]
    public async Task AddBrxSyncInstrumentation_FullSync_IsTracedAndMeasuredByAllPackages()
    {
        var (spans, metrics) = (new List<Activity>(), new List<MetricSnapshot>());
        var host = await _jobs.StartAsync(services => TelemetryExample.Add(services)
            .WithTracing(tracing => tracing.AddInMemoryExporter(spans))
            .WithMetrics(measured => measured.AddInMemoryExporter(metrics)));
        var account = AccountId.Create();
        await host.Services.GetRequiredService<IAccounts>().ConnectAsync(account, "demo");
        using var request = new Activity("request") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();

        var operation = await host.Services.GetRequiredService<IBrxSyncJobs>().StartSyncAsync(account);
        await JobsHost.EventuallyAsync(
            async () => !(await host.Services.GetRequiredService<IOperations>().FindAsync(operation.Id))!.IsLive, "the sync ends");
        await host.StopAsync();

        var ofTheRequest = spans.Where(span => span.TraceId == request.TraceId).Select(span => span.OperationName).ToArray();
        ofTheRequest.ShouldContain("brx.job sync");
        ofTheRequest.ShouldContain("brx.sync.full");
        ofTheRequest.ShouldContain(name => name.StartsWith("GET", StringComparison.Ordinal));
        host.Services.GetRequiredService<MeterProvider>().ForceFlush();
        var names = metrics.Select(metric => metric.Name).ToHashSet();
        names.ShouldContain("brx.sync.operations");
        names.ShouldContain("brx.sync.jobs");
        names.ShouldContain("http.client.request.duration");
    }

    [Fact]
    public void AddBrxSyncInstrumentation_WithoutStatements_LeavesThemToTheHost()
    {
        var builder = new SourceRecorder();

        builder.AddBrxSyncInstrumentation(statements: false).ShouldBeSameAs(builder);

        builder.Sources.ShouldBe(["BrxSync.Client", "BrxSync.Sync", "BrxSync.Hosting"]);
        new SourceRecorder().AddBrxSyncInstrumentation().ShouldBeOfType<SourceRecorder>().Sources.ShouldContain("Npgsql");
    }

    private sealed class SourceRecorder : TracerProviderBuilder
    {
        public List<string> Sources { get; } = [];

        public override TracerProviderBuilder AddInstrumentation<TInstrumentation>(Func<TInstrumentation> instrumentationFactory) => this;

        public override TracerProviderBuilder AddSource(params string[] names)
        {
            Sources.AddRange(names);
            return this;
        }

        public override TracerProviderBuilder AddLegacySource(string operationName) => this;
    }
}
