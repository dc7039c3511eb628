using BrxSync.Client.RateLimiting;
using BrxSync.Hosting.Tests.Examples;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Adapters.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace BrxSync.Hosting.Tests.DependencyInjection;

/// <summary>What <c>UseRedis()</c> registers, what it leaves to the host, and what a host is told whose settings are of no use.</summary>
public sealed class UseRedisTests
{
    // A port that nobody listens on.
    private const string Nowhere = "127.0.0.1:1,connectTimeout=200,connectRetry=1";

    [Fact]
    public async Task Start_ConnectionStringOfNoUse_FailsWithoutShowingIt()
    {
        var builder = Builder();
        RedisExample.Connect(builder, "redis:6379,password=hun,ter=2");
        using var host = builder.Build();

        var exception = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync());

        exception.Message.ShouldContain("cannot be read");
        exception.Message.ShouldNotContain("hun");
        exception.Message.ShouldNotContain("ter=");
    }

    [Fact]
    public async Task Start_RedisInTheConfigurationWithFaults_TellsEachOne()
    {
        var builder = Builder(
            ("BrxSync:Redis:ConnectionString", "password=hunter2"),
            ("BrxSync:Redis:KeyPrefix", "a{b}"),
            ("BrxSync:Redis:ServiceName", " "),
            ("BrxSync:Redis:Instances", "0"),
            ("BrxSync:Redis:LimiterTimeout", "00:01:00"));
        builder.AddBrxSync();
        using var host = builder.Build();

        var text = (await Should.ThrowAsync<Exception>(() => host.StartAsync())).ToString();

        text.ShouldContain("names no server");
        text.ShouldContain("KeyPrefix");
        text.ShouldContain("ServiceName");
        text.ShouldContain("Instances");
        text.ShouldContain("LimiterTimeout");
        text.ShouldNotContain("hunter2");
    }

    [Fact]
    public void AddBrxSync_ConnectionStringConfigured_SharesTheLimits()
    {
        var builder = Builder(("BrxSync:Redis:ConnectionString", Nowhere), ("BrxSync:Redis:Instances", "7"));
        builder.AddBrxSync();
        using var host = builder.Build();

        host.Services.GetRequiredService<IRateLimiter>().ShouldBeOfType<RedisRateLimiter>();
        host.Services.GetServices<IRateLimiter>().Count().ShouldBe(1);
        host.Services.GetRequiredService<IOptions<RedisOptions>>().Value.Instances.ShouldBe(7);
        Checks(host).ShouldContain(
            check => check.Name == "brxsync-redis" && check.FailureStatus == HealthStatus.Degraded && check.Tags.Contains("ready"));
    }

    [Fact]
    public void AddBrxSync_NoRedis_KeepsTheLimitsInTheProcess()
    {
        var builder = Builder();
        builder.AddBrxSync();
        using var host = builder.Build();

        host.Services.GetRequiredService<IRateLimiter>().ShouldBeOfType<InProcessRateLimiter>();
        Checks(host).ShouldNotContain(check => check.Name == "brxsync-redis");
    }

    [Fact]
    public void AddBrxSync_LimiterOfTheHost_Stays()
    {
        using var own = new InProcessRateLimiter(new RateLimiterOptions(), TimeProvider.System);
        var builder = Builder();
        builder.Services.AddSingleton<IRateLimiter>(own);
        RedisExample.Connect(builder, Nowhere);
        using var host = builder.Build();

        host.Services.GetRequiredService<IRateLimiter>().ShouldBeSameAs(own);
    }

    [Fact]
    public async Task Dispose_ConnectionOfTheHost_StaysOpenAndIsNotRegistered()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{Nowhere},abortConnect=false");
        var builder = Builder();
        RedisExample.Connect(builder, connection);
        using (var host = builder.Build())
        {
            (await host.Services.GetRequiredService<RedisConnection>().GetDatabaseAsync()).Multiplexer.ShouldBeSameAs(connection);
            host.Services.GetService<IConnectionMultiplexer>().ShouldBeNull();
        }

        Should.NotThrow(() => connection.GetDatabase());
        connection.GetStatus().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task AddBrxSync_HostHasAConnection_IsNotTakenUnasked()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{Nowhere},abortConnect=false");
        var builder = Builder();
        builder.Services.AddSingleton<IConnectionMultiplexer>(connection);
        RedisExample.Connect(builder, Nowhere);
        using var host = builder.Build();

        var database = await host.Services.GetRequiredService<RedisConnection>().GetDatabaseAsync();

        database.Multiplexer.ShouldNotBeSameAs(connection);
        host.Services.GetRequiredService<IConnectionMultiplexer>().ShouldBeSameAs(connection);
    }

    [Fact]
    public async Task CheckHealth_RedisAway_IsDegradedAndNamesNoHost()
    {
        var builder = Builder();
        RedisExample.Connect(builder, Nowhere);
        using var host = builder.Build();

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "brxsync-redis");

        var entry = report.Entries["brxsync-redis"];
        entry.Status.ShouldBe(HealthStatus.Degraded);
        entry.Description!.ShouldContain("keeps to its share");
        entry.Description!.ShouldNotContain("127.0.0.1");
        entry.Exception.ShouldBeNull();
        entry.Data.Keys.ShouldBe(["tokens_alone", "failed_calls"], ignoreOrder: true);
    }

    private static HostApplicationBuilder Builder(params (string Key, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value));
        builder.Configuration["BrxSync:Encryption:Keys:0"] = EncryptionKey.Generate();
        return builder;
    }

    private static ICollection<HealthCheckRegistration> Checks(IHost host) =>
        host.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations;
}
