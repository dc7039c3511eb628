using BrxSync.Client;
using BrxSync.Hosting.Jobs;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Adapters.MySql;
using BrxSync.Sync.Adapters.PostgreSql;
using BrxSync.Sync.Adapters.Sqlite;
using BrxSync.Sync.Catalog;
using BrxSync.Sync.Orders;
using BrxSync.Sync.Reconciliation;
using BrxSync.Sync.Retention;
using BrxSync.Sync.Runs;
using BrxSync.Sync.Snapshots;
using BrxSync.Sync.Webhooks;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BrxSync.Hosting.Tests.DependencyInjection;

/// <summary>A plain number is a number of days to .NET, and seconds or minutes to whoever wrote it.</summary>
public sealed class DurationOptionsTests : IDisposable
{
    private static readonly (string Section, Type Options)[] Roots =
    [
        ("CardTrader", typeof(CardTraderClientOptions)), ("Encryption", typeof(EncryptionOptions)), ("FullSync", typeof(FullSyncOptions)),
        ("Reconciliation", typeof(ReconciliationOptions)), ("WebhookIntake", typeof(WebhookIntakeOptions)),
        ("OrderPolling", typeof(OrderPollingOptions)),
        ("Sqlite", typeof(SqliteOptions)), ("MySqlCatalog", typeof(MySqlCatalogOptions)),
        ("CatalogCache", typeof(CatalogCacheOptions)), ("Jobs", typeof(JobsOptions)), ("Retention", typeof(RetentionOptions)),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("brxsync-durations-");
    private readonly System.Data.Common.DbDataSource _catalogue = SqliteFactory.Instance.CreateDataSource("Data Source=:memory:");

    public void Dispose()
    {
        _catalogue.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Start_EveryDurationGivenAsAPlainNumber_TellsEachOnce()
    {
        var paths = Roots.SelectMany(root => Durations($"BrxSync:{root.Section}", root.Options)).ToArray();
        using var host = Build(paths.ToDictionary(path => path, _ => (string?)"3"));

        var message = (await Should.ThrowAsync<Exception>(() => host.StartAsync())).Message;

        paths.Length.ShouldBeGreaterThan(25);
        foreach (var path in paths)
        {
            message.Split($"{path} is '3'").Length.ShouldBe(2, path);
        }

        message.ShouldContain("3 days");
        message.ShouldContain("00:00:03");
    }

    /// <summary>Options of a database count where it is used.</summary>
    [Fact]
    public async Task Start_OnPostgreSqlWithDurationsGivenAsPlainNumbers_TellsEachOnce()
    {
        var paths = Durations("BrxSync:PostgreSql", typeof(PostgreSqlOptions)).ToArray();
        var settings = paths.ToDictionary(path => path, _ => (string?)"3");
        settings["BrxSync:PostgreSql:ConnectionString"] = "Host=127.0.0.1;Port=1";
        using var host = Build(settings);

        var message = (await Should.ThrowAsync<Exception>(() => host.StartAsync())).Message;

        paths.ShouldNotBeEmpty();
        paths.ShouldAllBe(path => message.Split($"{path} is '3'").Length == 2, message);
    }

    [Theory]
    [InlineData("1")]
    [InlineData(" 1 ")]
    [InlineData("-1")]
    [InlineData("5m")]
    [InlineData("1.5")]
    public async Task Start_DurationThatCannotBeMeant_IsRefusedInOneSentence(string value)
    {
        using var host = Build(new() { ["BrxSync:Jobs:OrdersInterval"] = value });

        var exception = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync());

        exception.Failures.ShouldHaveSingleItem().ShouldStartWith($"BrxSync:Jobs:OrdersInterval is '{value.Trim()}'");
    }

    [Theory]
    [InlineData("Jobs:OrdersInterval", "00:01:00")]
    [InlineData("Jobs:OrdersInterval", "1.00:00:00")]
    [InlineData("OrderPolling:ConfirmAfter", "0")]
    public async Task Start_DurationWithHoursAndMinutes_IsTaken(string key, string value)
    {
        using var host = Build(new() { ["BrxSync:" + key] = value, ["BrxSync:Jobs:Enabled"] = "false" });

        await host.StartAsync();
        await host.StopAsync();
    }

    [Fact]
    public async Task Start_HistoryWithoutAnEnd_IsKeptForEver()
    {
        using var host = Build(new()
        {
            ["BrxSync:Retention:Changes"] = null,
            ["BrxSync:Retention:Journal"] = string.Empty,
            ["BrxSync:Retention:Operations"] = "7.00:00:00",
        });

        await host.StartAsync();

        var options = host.Services.GetRequiredService<IOptions<RetentionOptions>>().Value;
        (options.Changes, options.Journal, options.Operations, options.DeadLetters).ShouldBe(
            (null, null, TimeSpan.FromDays(7), TimeSpan.FromDays(90)));
        await host.StopAsync();
    }

    /// <summary>Options that others are made of must not make these fail a second time.</summary>
    [Theory]
    [InlineData("Jobs:SweepInterval", "00:00:00")]
    [InlineData("Jobs:BulkSyncLimit", "0")]
    [InlineData("Sqlite:BusyTimeoutSeconds", "0")]
    [InlineData("Sqlite:Path", "")]
    [InlineData("FullSync:BatchSize", "-5")]
    [InlineData("Reconciliation:Interval", "00:00:01")]
    [InlineData("CardTrader:StallTimeout", "00:00:00")]
    [InlineData("CatalogCache:MaxEntries", "-1")]
    [InlineData("Encryption:Keys:0", "short")]
    [InlineData("Retention:Changes", "00:00:01")]
    [InlineData("Retention:Interval", "00:00:01")]
    [InlineData("Retention:BatchSize", "0")]
    public async Task Start_OneWrongOption_IsToldOnce(string key, string value)
    {
        using var host = Build(new() { ["BrxSync:" + key] = value });

        var exception = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync());

        exception.Failures.ShouldHaveSingleItem();
    }

    private static IEnumerable<string> Durations(
        string path, Type options) => options.GetProperties().Where(property => property.CanWrite).SelectMany(property =>
        (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(TimeSpan) ? [$"{path}:{property.Name}"]
        : property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal)
            ? Durations($"{path}:{property.Name}", property.PropertyType)
        : Enumerable.Empty<string>());

    private IHost Build(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = _folder.FullName });
        builder.Configuration["BrxSync:Sqlite:Path"] = Path.Combine(_folder.FullName, "stock.db");
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddBrxSync(brx => brx.UseMySqlCatalog(_catalogue));
        return builder.Build();
    }
}
