using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BrxSync.Hosting.Tests.DependencyInjection;

/// <summary>
/// What a host and its guests share is told apart by name: whatever is ours says so, and leaves every other name to the host.
/// </summary>
public sealed class SharedNamesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("brxsync-names-");
    private readonly System.Data.Common.DbDataSource _catalogue = SqliteFactory.Instance.CreateDataSource("Data Source=:memory:");

    public void Dispose()
    {
        _catalogue.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Start_HostWithHealthChecksOfItsOwn_RunsAll()
    {
        var builder = Builder();
        foreach (var name in (string[])["store", "scheduler", "catalog", "database", "quartz", "ready"])
        {
            builder.Services.AddHealthChecks().AddCheck(name, () => HealthCheckResult.Healthy("the host's"));
        }

        using var host = builder.Build();
        await host.StartAsync();

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        report.Entries["store"].Description.ShouldBe("the host's");
        report.Entries.Keys.Where(IsOurs).Order().ShouldBe(
            ["brxsync-cardtrader", "brxsync-catalog", "brxsync-live", "brxsync-scheduler", "brxsync-store"]);
        await host.StopAsync();
    }

    [Fact]
    public void AddBrxSync_NamesItRegisters_AreItsOwn()
    {
        var before = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings()).Services;
        var builder = Builder();
        var added = builder.Services.Except(before).ToArray();
        using var host = builder.Build();

        var names = added.Where(service => service.IsKeyedService).Select(service => service.ServiceKey).OfType<string>()
            .Concat(added.Where(service => !service.IsKeyedService).Select(service => NameOfOptions(service.ImplementationInstance)))
            .Concat(host.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(check => check.Name))
            .Where(name => !string.IsNullOrEmpty(name))
            .Distinct(StringComparer.Ordinal)
            .ToArray();

        names.ShouldContain("BrxSync.Client");
        names.ShouldContain("brxsync");
        names.Where(name => !IsOurs(name!)).ShouldBeEmpty();
    }

    private static bool IsOurs(string name) => name.StartsWith("brxsync", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Options of one name, such as those of an HTTP client, are kept with it; the name is null where they are for every name.
    /// </summary>
    private static string? NameOfOptions(object? instance) => instance?.GetType() is { IsGenericType: true } type
        && type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IConfigureOptions<>))
        ? (string?)type.GetProperty("Name")?.GetValue(instance)
        : null;

    private HostApplicationBuilder Builder()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddBrxSync(brx => brx.UseSqlite(Path.Combine(_folder.FullName, "stock.db")).UseMySqlCatalog(_catalogue));
        return builder;
    }
}
