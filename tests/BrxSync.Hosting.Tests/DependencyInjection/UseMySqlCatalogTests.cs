using BrxSync.Hosting.Tests.Examples;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Adapters.MySql;
using BrxSync.Sync.Catalog;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BrxSync.Hosting.Tests.DependencyInjection;

/// <summary>What <c>UseMySqlCatalog()</c> registers, and what a host is told whose settings are of no use.</summary>
public sealed class UseMySqlCatalogTests
{
    private static HostApplicationBuilder Builder(params (string Key, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value));
        builder.Configuration["BrxSync:Encryption:Keys:0"] = EncryptionKey.Generate();
        return builder;
    }

    [Fact]
    public async Task Start_ConnectionStringOfNoUse_FailsWithoutShowingIt()
    {
        var builder = Builder();
        CatalogExample.Connect(builder, "Server=db;Password=hunter2;Pooling=false");
        using var host = builder.Build();

        var exception = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync());

        exception.Message.ShouldContain("remove Pooling");
        exception.Message.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Start_CatalogueInTheConfigurationWithFaults_TellsEachOne()
    {
        var builder = Builder(
            ("BrxSync:MySqlCatalog:ConnectionString", "Server=db;Colour=red"),
            ("BrxSync:MySqlCatalog:Tables:0", "prints; drop table prints"),
            ("BrxSync:MySqlCatalog:MaxPoolSize", "0"),
            ("BrxSync:CatalogCache:MaxEntries", "-1"));
        builder.AddBrxSync();
        using var host = builder.Build();

        var text = (await Should.ThrowAsync<Exception>(() => host.StartAsync())).ToString();

        text.ShouldContain("'colour'");
        text.ShouldContain("letters, digits and underscores");
        text.ShouldContain("MaxPoolSize");
        text.ShouldContain("MaxEntries");
    }

    [Fact]
    public void AddBrxSync_DataSourceGiven_NeedsNoConnectionString()
    {
        using var dataSource = SqliteFactory.Instance.CreateDataSource("Data Source=:memory:");
        var builder = Builder(("BrxSync:MySqlCatalog:Tables:0", "prints"));
        CatalogExample.Connect(builder, dataSource);
        using var host = builder.Build();

        host.Services.GetRequiredService<IOptions<MySqlCatalogOptions>>().Value.EffectiveTables.ShouldBe(["prints"]);
        host.Services.GetRequiredService<ICatalog>().ShouldNotBeNull();
        Checks(host).ShouldContain(
            check => check.Name == "brxsync-catalog" && check.FailureStatus == HealthStatus.Degraded && check.Tags.Contains("ready"));
    }

    [Fact]
    public void AddBrxSync_NoCatalogue_AddsNone()
    {
        var builder = Builder();
        builder.AddBrxSync();
        using var host = builder.Build();

        host.Services.GetService<ICatalog>().ShouldBeNull();
        Checks(host).ShouldNotContain(check => check.Name == "brxsync-catalog");
    }

    [Fact]
    public void AddBrxSync_CodeAndConfiguration_CodeWins()
    {
        using var dataSource = SqliteFactory.Instance.CreateDataSource("Data Source=:memory:");
        var builder = Builder(("BrxSync:MySqlCatalog:MaxPoolSize", "4"), ("BrxSync:MySqlCatalog:CommandTimeoutSeconds", "7"));
        builder.AddBrxSync(brx => brx.UseMySqlCatalog(dataSource, options => options.MaxPoolSize = 5));
        using var host = builder.Build();

        var options = host.Services.GetRequiredService<IOptions<MySqlCatalogOptions>>().Value;
        (options.MaxPoolSize, options.CommandTimeoutSeconds).ShouldBe((5, 7));
    }

    private static ICollection<HealthCheckRegistration> Checks(IHost host) =>
        host.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations;
}
