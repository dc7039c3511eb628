using System.Diagnostics.Metrics;
using System.Text.Json;
using BrxSync.Client;
using BrxSync.Sync;
using BrxSync.Sync.Adapters.MySql;
using BrxSync.Sync.Catalog;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MySqlConnector;

namespace BrxSync.Integration.Tests.MySql;

/// <summary>The catalogue on a real MariaDB.</summary>
public sealed class MySqlCatalogTests(MariaDbDatabase database) : IClassFixture<MariaDbDatabase>
{
    private static readonly string[] Tables = ["cards_prints", "op_prints", "pk_prints", "sealed_products"];

    private static int _tests;

    // Blueprint ids no other test uses: prints are told apart by them, not by a clean database.
    private readonly int _first = Interlocked.Increment(ref _tests) * 1_000_000;

    private CatalogHost Host(Action<MySqlCatalogOptions>? configure = null) =>
        new(brx => brx.UseMySqlCatalog(database.ConnectionString, configure));

    private BlueprintId[] Ids(params int[] offsets) => [.. offsets.Select(offset => new BlueprintId(_first + offset))];

    private BlueprintId Id(int offset) => new(_first + offset);

    private Task AddAsync(string table, params (int Id, int Offset)[] prints) => database.ExecuteAsync(
        $"replace into {table} (id, cardtrader_id, name) values "
        + string.Join(',', prints.Select(print => $"({print.Id}, {_first + print.Offset}, 'x')")));

    [Fact]
    public async Task Lookup_RowIdsOverlapBetweenTables_NamesThePrintByTableAndId()
    {
        foreach (var (table, i) in Tables.Select((table, i) => (table, i)))
        {
            await AddAsync(table, (77, i));
        }

        await using var host = Host();

        var found = await host.Catalog.LookupAsync(Ids(0, 1, 2, 3, 4));

        foreach (var (table, i) in Tables.Select((table, i) => (table, i)))
        {
            found[Id(i)].ShouldBe(CatalogMatch.Mapped(new CatalogPrint(table, 77)));
        }

        found[Id(4)].ShouldBe(CatalogMatch.Unknown);
    }

    [Fact]
    public async Task Lookup_SeveralPrintsOfOneBlueprint_TheSameOneWinsEveryTime()
    {
        await AddAsync("sealed_products", (1001, 0), (1002, 1));
        await AddAsync("op_prints", (1005, 0), (1003, 0));

        await using var host = Host();
        await using var excluding = Host(options => options.ExcludedTables = ["op_prints"]);

        (await host.Catalog.LookupAsync(Ids(0)))[Id(0)].ShouldBe(CatalogMatch.Mapped(new CatalogPrint("op_prints", 1003)));
        (await excluding.Catalog.LookupAsync(Ids(0)))[Id(0)].ShouldBe(CatalogMatch.Mapped(new CatalogPrint("sealed_products", 1001)));
    }

    [Fact]
    public async Task Lookup_ExcludedTable_IsToldApartFromUnknown()
    {
        await AddAsync("sealed_products", (2001, 0));
        await using var host = Host(options => options.ExcludedTables = ["sealed_products"]);

        var found = await host.Catalog.LookupAsync(Ids(0, 1));

        found[Id(0)].ShouldBe(CatalogMatch.Excluded(new CatalogPrint("sealed_products", 2001)));
        found[Id(1)].ShouldBe(CatalogMatch.Unknown);
    }

    [Fact]
    public async Task Lookup_OtherTablesAndColumns_AreRead()
    {
        await database.ExecuteAsync(
            $"create table my_cards (print_key bigint unsigned primary key, ct bigint unsigned null); insert into my_cards values (9000000001, {_first})");
        await using var host = Host(options =>
        {
            options.Tables = [$"{database.Name}.my_cards"];
            options.IdColumn = "print_key";
            options.BlueprintColumn = "ct";
        });

        (await host.Catalog.LookupAsync(Ids(0)))[Id(0)].Print.ShouldBe(new CatalogPrint($"{database.Name}.my_cards", 9_000_000_001));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_500)]
    [InlineData(100_000)]
    public async Task Lookup_BatchOfAnySize_IsOneQuery(int size)
    {
        await AddAsync("cards_prints", (3001, 0), (3002, size - 1 == 0 ? 1 : size - 1));
        await using var host = Host();
        await host.Catalog.CheckAsync();
        var ids = Enumerable.Range(0, size).Select(i => new BlueprintId(_first + i)).ToArray();
        using var queries = new QueryCounter();

        var found = await host.Catalog.LookupAsync(ids);
        await host.Catalog.LookupAsync(ids);

        queries.Count.ShouldBe(1);
        found.Count.ShouldBe(size);
        found[Id(0)].Print.ShouldBe(new CatalogPrint("cards_prints", 3001));
        found.Count(pair => pair.Value.Kind == CatalogMatchKind.Mapped).ShouldBe(Math.Min(size, 2));
    }

    [Fact]
    public async Task Query_ThatWrites_IsRefusedByTheServerAndLeavesTheConnectionAsItWas()
    {
        // One connection: what a query leaves behind would be met by the next.
        await using var host = Host(options => options.MaxPoolSize = 1);
        foreach (var write in (string[])[
            "insert into cards_prints (cardtrader_id, name) values (1, 'x')",
            "delete from cards_prints",
            "update cards_prints set name = 'x'",
        ])
        {
            await using var lease = await host.Pool.RentAsync(default);
            await using var command = lease.Connection.CreateCommand();
            command.CommandText = MySqlCatalogStatement.ReadOnly(write);
            (await Should.ThrowAsync<MySqlException>(() => command.ExecuteNonQueryAsync())).Number.ShouldBe(1792);
        }

        await using (var lease = await host.Pool.RentAsync(default))
        {
            await using var command = lease.Connection.CreateCommand();
            command.CommandText = $"insert into cards_prints (cardtrader_id, name) values ({_first + 500}, 'x')";
            (await command.ExecuteNonQueryAsync()).ShouldBe(1);
        }

        (await database.CountAsync($"select count(*) from cards_prints where cardtrader_id = {_first + 500}")).ShouldBe(1);
    }

    [Fact]
    public async Task Lookup_DataSourceOfTheHost_IsUsedAndNotDisposed()
    {
        await AddAsync("pk_prints", (4001, 0));
        await using var dataSource = MySqlConnectorFactory.Instance.CreateDataSource(database.ConnectionString);
        await using (var host = new CatalogHost(brx => brx.UseMySqlCatalog(dataSource, options => options.MaxPoolSize = 3)))
        {
            (await host.Catalog.LookupAsync(Ids(0)))[Id(0)].Print.ShouldBe(new CatalogPrint("pk_prints", 4001));
            host.Pool.MaxSize.ShouldBe(3);
        }

        await using var connection = await dataSource.OpenConnectionAsync();
        connection.State.ShouldBe(System.Data.ConnectionState.Open);
    }

    [Theory]
    [InlineData("Max Pool Size=4", 4)]
    [InlineData("maximumpoolsize=2", 2)]
    [InlineData("Connection Timeout=9", 10)]
    public async Task Pool_SizeInTheConnectionString_WinsOverTheOption(string setting, int expected)
    {
        await using var host = new CatalogHost(brx => brx.UseMySqlCatalog(database.ConnectionString + ";" + setting));

        host.Pool.MaxSize.ShouldBe(expected);
        await host.Catalog.CheckAsync();
    }

    [Fact]
    public async Task Lookup_TableMissing_FailsAtOnceAndSaysWhatToCheck()
    {
        await using var host = Host(options => options.Tables = ["cards_prints", "no_prints"]);

        var exception = await Should.ThrowAsync<CatalogUnavailableException>(() => host.Catalog.LookupAsync(Ids(0)));

        exception.IsTransient.ShouldBeFalse();
        exception.Message.ShouldContain("no_prints");
        exception.Message.ShouldNotContain(database.Name);
    }

    [Theory]
    [InlineData("Password", "wrong", false)]
    [InlineData("Database", "nowhere", false)]
    [InlineData("Port", "1", true)]
    public async Task Lookup_ServerCannotBeUsed_SaysWhetherTryingAgainHelps(string key, string value, bool transient)
    {
        await using var host = new CatalogHost(brx => brx.UseMySqlCatalog(
            database.ConnectionStringWith(builder => builder[key] = value),
            options => (options.MaxRetries, options.RetryDelay) = (2, TimeSpan.FromMilliseconds(1))));

        var exception = await Should.ThrowAsync<CatalogUnavailableException>(() => host.Catalog.LookupAsync(Ids(0)));

        exception.IsTransient.ShouldBe(transient);
        if (transient)
        {
            exception.Message.ShouldContain("after 3 attempts");
        }
    }

    [Fact]
    public async Task Lookup_WireCutInTheMiddleAndMendedLater_IsRepeatedUntilItAnswers()
    {
        await AddAsync("cards_prints", (5001, 0), (5002, 1));
        var server = new MySqlConnectionStringBuilder(ServerEnvironment.MySql);
        await using var relay = new Relay(server.Server, (int)server.Port);
        var time = new ManualTimeProvider();
        await using var host = new CatalogHost(brx =>
        {
            brx.Services.AddSingleton<TimeProvider>(time);
            brx.UseMySqlCatalog(database.ConnectionStringWith(builder => (builder.Server, builder.Port) = ("127.0.0.1", (uint)relay.Port)));
        });
        await host.Catalog.LookupAsync(Ids(0));
        relay.OnSend = chunk =>
        {
            if (chunk.Span.IndexOf("read only"u8) >= 0)
            {
                relay.Cut();
            }
        };

        // Cut while the query is on its way, refused at the first retry, answered at the second.
        var lookup = Task.Run(() => host.Catalog.LookupAsync(Ids(1)));
        await time.WaitForTimersAsync();
        time.NextTimer!.Value.ShouldBeInRange(TimeSpan.FromMilliseconds(125), TimeSpan.FromMilliseconds(250));
        time.Advance(time.NextTimer.Value);
        await time.WaitForTimersAsync();
        time.NextTimer!.Value.ShouldBeInRange(TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(500));
        lookup.IsCompleted.ShouldBeFalse();
        relay.OnSend = _ => { };
        relay.Mend();
        time.Advance(time.NextTimer.Value);

        (await lookup)[Id(1)].Print.ShouldBe(new CatalogPrint("cards_prints", 5002));
    }

    [Fact]
    public async Task Lookup_ConnectionKilledByTheServerWhileIdle_IsNotNoticed()
    {
        await AddAsync("cards_prints", (6001, 0));
        await using var host = Host(options => options.MaxPoolSize = 1);
        long id;
        await using (var lease = await host.Pool.RentAsync(default))
        {
            await using var command = lease.Connection.CreateCommand();
            command.CommandText = "select connection_id()";
            id = Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
        }

        await database.ExecuteAsync($"kill {id}");

        (await host.Catalog.LookupAsync(Ids(0)))[Id(0)].Kind.ShouldBe(CatalogMatchKind.Mapped);
    }

    [Fact]
    public async Task Lookup_EveryConnectionTaken_WaitsAndCanBeCancelled()
    {
        await using var host = Host(options => options.MaxPoolSize = 1);
        using var gauges = new Gauges();
        using var cancellation = new CancellationTokenSource();
        var lease = await host.Pool.RentAsync(default);

        var lookup = host.Catalog.LookupAsync(Ids(0), cancellation.Token);

        gauges.Read("db.client.connection.count").ShouldContain(1);
        gauges.Read("db.client.connection.pending_requests").ShouldContain(1);
        gauges.Read("db.client.connection.max").ShouldContain(1);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => lookup);
        await lease.DisposeAsync();
        (await host.Catalog.LookupAsync(Ids(0)))[Id(0)].ShouldBe(CatalogMatch.Unknown);
    }

    [Fact]
    public async Task Rent_TwentyAtOnce_ServesTenAndLetsTheOthersWait()
    {
        var own = new MariaDbDatabase();
        await own.InitializeAsync();
        try
        {
            // The server takes its time to close the one that made the tables.
            while (await own.CountConnectionsAsync() > 0)
            {
                await Task.Yield();
            }

            await using var host = new CatalogHost(brx => brx.UseMySqlCatalog(own.ConnectionString));
            using var gauges = new Gauges();
            var rents = Enumerable.Range(0, 20).Select(_ => host.Pool.RentAsync(default)).ToArray();

            var leases = await Task.WhenAll(rents[..10]);
            (await own.CountConnectionsAsync()).ShouldBe(10);
            rents[10..].ShouldAllBe(rent => !rent.IsCompleted);
            gauges.Read("db.client.connection.pending_requests").ShouldContain(10);

            foreach (var lease in leases)
            {
                await lease.DisposeAsync();
            }

            foreach (var lease in await Task.WhenAll(rents[10..]))
            {
                await lease.DisposeAsync();
            }

            (await own.CountConnectionsAsync()).ShouldBe(10);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [Fact]
    public async Task Health_CatalogueGone_DegradesWithoutDetails()
    {
        var server = new MySqlConnectionStringBuilder(ServerEnvironment.MySql);
        await using var relay = new Relay(server.Server, (int)server.Port);
        await using var host = new CatalogHost(brx => brx.UseMySqlCatalog(
            database.ConnectionStringWith(builder => (builder.Server, builder.Port) = ("127.0.0.1", (uint)relay.Port))));
        var health = host.Services.GetRequiredService<HealthCheckService>();
        (await health.CheckHealthAsync(check => check.Name == "brxsync-catalog")).Status.ShouldBe(HealthStatus.Healthy);

        relay.Cut();
        var entry = (await health.CheckHealthAsync(check => check.Name == "brxsync-catalog")).Entries["brxsync-catalog"];

        entry.Status.ShouldBe(HealthStatus.Degraded);
        entry.Description.ShouldBe("The catalogue does not answer.");
    }

    [Fact]
    public async Task Health_TableMissing_IsDegraded()
    {
        await using var host = Host(options => options.Tables = ["no_prints"]);

        var report = await host.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => check.Name == "brxsync-catalog");

        report.Status.ShouldBe(HealthStatus.Degraded);
    }

    [SampleDataFact]
    public async Task Lookup_SampleCatalogue_MapsAllButTheUnmapped()
    {
        var sample = new MariaDbDatabase();
        await sample.InitializeAsync();
        try
        {
            await sample.ExecuteAsync(await File.ReadAllTextAsync(RepositoryPaths.SampleDataAt("catalog", "catalog.sql")));
            using var unmapped = JsonDocument.Parse(await File.ReadAllTextAsync(RepositoryPaths.SampleDataAt("catalog", "unmapped.json")));
            var left = unmapped.RootElement
                .GetProperty("unmapped_on_purpose")
                .EnumerateArray()
                .Select(id => new BlueprintId(id.GetInt64()))
                .ToHashSet();
            await using var host = new CatalogHost(brx => brx.UseMySqlCatalog(sample.ConnectionString));

            var found = await host.Catalog.LookupAsync([.. left, new(58200), new(58069)]);

            found[new(58200)].Print.ShouldBe(new CatalogPrint("cards_prints", 1));
            found[new(58069)].Print.ShouldBe(new CatalogPrint("cards_prints", 2));
            left.Count.ShouldBe(125);
            left.ShouldAllBe(id => found[id] == CatalogMatch.Unknown);
            foreach (var (table, count) in new[]
            {
                ("cards_prints", 288), ("op_prints", 3_500), ("pk_prints", 5), ("sealed_products", 200),
            })
            {
                (await sample.CountAsync($"select count(*) from {table}")).ShouldBe(count, table);
            }
        }
        finally
        {
            await sample.DisposeAsync();
        }
    }

    /// <summary>Counts the queries of this process alone: the server's own counter sees other tests, too.</summary>
    private sealed class QueryCounter : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly AsyncLocal<bool> _mine = new() { Value = true };
        private int _count;

        public QueryCounter()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "brx.catalog.query.duration")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<double>((_, _, _, _) =>
            {
                if (_mine.Value)
                {
                    Interlocked.Increment(ref _count);
                }
            });
            _listener.Start();
        }

        public int Count => _count;

        public void Dispose() => _listener.Dispose();
    }

    private sealed class Gauges : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly List<(string Name, int Value)> _seen = [];

        public Gauges()
        {
            _listener.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
            _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => _seen.Add((instrument.Name, value)));
            _listener.Start();
        }

        public List<int> Read(string name)
        {
            _seen.Clear();
            _listener.RecordObservableInstruments();
            return [.. _seen.Where(seen => seen.Name == name).Select(seen => seen.Value)];
        }

        public void Dispose() => _listener.Dispose();
    }
}
