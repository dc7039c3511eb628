using System.Diagnostics;
using System.Diagnostics.Metrics;
using BrxSync.Client;

namespace BrxSync.Integration.Tests.MySql;

/// <summary>What a host sees that subscribes to the driver: never how the catalogue is reached, nor by whom.</summary>
public sealed class MySqlTelemetryTests(MariaDbDatabase database) : IClassFixture<MariaDbDatabase>
{
    private const string Driver = "MySqlConnector";

    [Fact]
    public async Task Lookup_MeterOfTheDriver_NamesThePoolAndNotTheConnectionString()
    {
        var seen = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Driver)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, _, tags, _) => Add(tags));
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Add(tags));
        listener.Start();

        await LookupAsync();

        lock (seen)
        {
            seen.ShouldContain("brxsync-catalog");
            seen.ShouldAllBe(value => !value.Contains(database.Name));
        }

        void Add(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (seen)
            {
                foreach (var (_, value) in tags)
                {
                    seen.Add($"{value}");
                }
            }
        }
    }

    [Fact]
    public async Task Lookup_TracesOfTheDriver_HoldNeitherConnectionStringNorUser()
    {
        using var root = new Activity("test").Start();
        var seen = new List<KeyValuePair<string, object?>>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Driver,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == root.TraceId)
                {
                    lock (seen)
                    {
                        seen.AddRange(activity.TagObjects);
                    }
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        await LookupAsync();

        lock (seen)
        {
            seen.ShouldContain(tag => tag.Key == "db.system.name");
            seen.ShouldAllBe(tag => tag.Key != "db.connection_string" && tag.Key != "db.user");
            seen.ShouldAllBe(tag => !$"{tag.Value}".Contains("User ID") && !$"{tag.Value}".Contains("brxsync@"));
        }
    }

    private async Task LookupAsync()
    {
        await using var host = new CatalogHost(brx => brx.UseMySqlCatalog(database.ConnectionString));
        await host.Catalog.LookupAsync([new BlueprintId(1)]);
    }
}
