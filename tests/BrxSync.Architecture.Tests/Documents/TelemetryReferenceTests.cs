using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text;
using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Adapters.PostgreSql.Connections;
using BrxSync.Sync.Catalog;
using BrxSync.Sync.DeadLetters;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Feed;
using BrxSync.Sync.Reconciliation;
using BrxSync.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Architecture.Tests.Documents;

/// <summary>Every metric has a name in the common style, a unit and a description, and stands in the documentation.</summary>
public sealed class TelemetryReferenceTests
{
    // Our own, and the semantic conventions of OpenTelemetry.
    private static readonly string[] Prefixes = ["brx.", "http.client.", "db.client."];

    [Fact]
    public void Instruments_OfThePackages_AreNamedAndDescribed()
    {
        var instruments = Instruments();

        instruments.ShouldNotBeEmpty();
        instruments.Where(instrument => instrument.Name.Any(char.IsUpper)
            || !Prefixes.Any(prefix => instrument.Name.StartsWith(prefix, StringComparison.Ordinal)))
            .Select(instrument => instrument.Name)
            .ShouldBeEmpty();
        instruments.Where(instrument => string.IsNullOrEmpty(instrument.Description)).Select(instrument => instrument.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Telemetry_Reference_ListsEveryInstrument()
    {
        var text = new StringBuilder(
            "# Telemetry\n\nEvery metric of the packages. This page is written from the code by the architecture tests. Meters and activity sources have the names of the packages.\n");
        foreach (var meter in Instruments().GroupBy(instrument => instrument.Meter.Name)
            .OrderBy(meter => meter.Key, StringComparer.Ordinal))
        {
            text.Append($"\n## {meter.Key}\n\n| metric | kind | unit | meaning |\n| --- | --- | --- | --- |\n");
            foreach (var instrument in meter)
            {
                text.Append(
                    $"| `{instrument.Name}` | {instrument.GetType().Name.Split('`')[0]} | {instrument.Unit} | {instrument.Description} |\n");
            }
        }

        Approval.Check(RepositoryPaths.At("docs", "reference", "telemetry.md"), text.ToString());
    }

    private static List<Instrument> Instruments()
    {
        // Static meters come to be with their class, the others with the services of a host.
        foreach (var type in Packages.All.SelectMany(package => package.Assembly.GetTypes())
            .Where(type => type.Name.EndsWith("Diagnostics", StringComparison.Ordinal)))
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }

        var services = new ServiceCollection();
        using var catalogue = SqliteFactory.Instance.CreateDataSource("Data Source=:memory:");
        services.AddBrxSync(configure: brx => brx.UseMySqlCatalog(catalogue).UseRedis("localhost"));
        using var provider = services.BuildServiceProvider();
        _ = provider.GetRequiredService<ICardTraderClient>();
        _ = provider.GetRequiredService<ICatalog>();
        _ = provider.GetRequiredService<SyncFreshness>();
        _ = provider.GetRequiredService<PropertyMetrics>();
        _ = provider.GetRequiredService<SyncMetrics>();
        _ = provider.GetRequiredService<OpenDeadLetters>();
        _ = provider.GetRequiredService<FeedMetrics>();
        _ = provider.GetRequiredService<RetentionMetrics>();
        _ = provider.GetRequiredService<FeedLag>();
        _ = provider.GetRequiredService<IWorkSignal>();
        using var shared = new ServiceCollection().AddBrxSync(configure: brx => brx.UsePostgreSql("Host=localhost")).BuildServiceProvider();
        _ = shared.GetRequiredService<PostgreSqlPool>();
        using var handler = provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(Packages.Client.Name);

        var found = new Dictionary<string, Instrument>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name.StartsWith("BrxSync.", StringComparison.Ordinal))
                {
                    lock (found)
                    {
                        found.TryAdd(instrument.Name, instrument);
                    }
                }
            },
        };
        listener.Start();
        return [.. found.Values.OrderBy(instrument => instrument.Name, StringComparer.Ordinal)];
    }
}
