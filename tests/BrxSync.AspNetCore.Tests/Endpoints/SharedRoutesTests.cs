using BrxSync.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BrxSync.AspNetCore.Tests.Endpoints;

/// <summary>A host that has routes of its own keeps them, or is told.</summary>
public sealed class SharedRoutesTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("brxsync-routes-");
    private readonly RecordingLoggerProvider logs = new(LogLevel.Error);
    private WebApplication app = null!;

    /// <summary>The host's own failing check is its own affair.</summary>
    private string[] Errors => [.. logs.Entries.Where(entry => entry.EventId is >= 4000 and < 5000).Select(entry => entry.Text)];

    public Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.Services.AddHealthChecks().AddCheck("store", () => HealthCheckResult.Unhealthy("the host's"), tags: ["ready"]);
        builder.AddBrxSync(brx => brx.UseSqlite(Path.Combine(folder.FullName, "stock.db")).WithoutJobs());
        app = builder.Build();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void MapBrxSync_RouteThatTheHostHasMapped_IsRefusedWithTheWayOut()
    {
        app.MapHealthChecks("/Health/");

        var exception = Should.Throw<InvalidOperationException>(() => app.MapBrxSync());

        exception.Message.ShouldContain("/health");
        exception.Message.ShouldContain("MapBrxSync(\"/brxsync\")");
    }

    [Fact]
    public void MapBrxSync_Twice_IsRefused()
    {
        app.MapBrxSync();

        Should.Throw<InvalidOperationException>(() => app.MapBrxSync());
    }

    [Fact]
    public async Task MapBrxSync_WithAPrefix_LeavesTheHostItsRoute()
    {
        app.MapGet("/health", () => "the host's");
        app.MapBrxSync("/brxsync");

        using var client = await StartAsync();

        (await client.GetStringAsync("/health")).ShouldBe("the host's");
        (await client.GetStringAsync("/brxsync/health/live")).ShouldBe("""{"status":"alive"}""");
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task MapBrxSync_InAGroup_AnswersThere()
    {
        app.MapGet("/health", () => "the host's");
        app.MapGroup("/sync").MapBrxSync();

        using var client = await StartAsync();

        (await client.GetStringAsync("/health")).ShouldBe("the host's");
        (await client.GetStringAsync("/sync/health/live")).ShouldBe("""{"status":"alive"}""");
        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_RouteThatTheHostMapsAfterwards_IsLoggedAsAnError()
    {
        app.MapBrxSync();
        app.MapHealthChecks("/health");

        using var client = await StartAsync();

        Errors.ShouldHaveSingleItem().ShouldContain("/health");
    }

    [Fact]
    public async Task Start_RouteOfTheHostForOtherMethods_IsNobodysConflict()
    {
        app.MapPost("/health", () => "the host's");
        app.MapBrxSync();

        using var client = await StartAsync();

        Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Health_OfAHostWithChecksOfItsOwn_TellsOfBrxSyncAlone()
    {
        app.MapBrxSync();

        using var client = await StartAsync();

        (await client.GetAsync("/health/ready")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        (await client.GetStringAsync("/health")).ShouldContain("\"store\":{\"status\":\"healthy\"");
    }

    private async Task<HttpClient> StartAsync()
    {
        await app.StartAsync();
        return new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }
}
