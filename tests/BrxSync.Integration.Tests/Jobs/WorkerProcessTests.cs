using System.Collections.Concurrent;
using System.Diagnostics;
using BrxSync.Hosting.Jobs;
using BrxSync.Simulator;
using BrxSync.Simulator.Faults;
using BrxSync.Sync;
using BrxSync.Sync.Accounts;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace BrxSync.Integration.Tests.Jobs;

/// <summary>Three workers on one database: any of them may be killed or stopped at any moment.</summary>
public sealed class WorkerProcessTests : IAsyncLifetime
{
    private const int Sellers = 9;
    private const int Products = 40;
    private readonly PostgreSqlDatabase _database = new();
    private readonly ManualTimeProvider _marketplaceTime = new();
    private readonly string _key = EncryptionKey.Generate();
    private readonly List<WorkerProcess> _workers = [];
    private CardTraderSimulatorHost _marketplace = null!;
    private IHost _front = null!;

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        var options = new CardTraderSimulatorOptions { TimeProvider = _marketplaceTime };
        for (var i = 0; i < Sellers; i++)
        {
            options.Sellers.Add(new SellerOptions { Name = $"seller{i}", Token = $"seller{i}", Products = Products });
        }

        _marketplace = await CardTraderSimulatorHost.StartAsync(options);
        _front = CreateHost(hasJobs: false);
        await _front.StartAsync();
        await _database.ExecuteAsync(
            "create unique index ux_test_executing on brx_qrtz_fired_triggers (job_name, job_group) where state = 'EXECUTING'");
    }

    public async Task DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }

        await _front.StopAsync();
        _front.Dispose();
        await _marketplace.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Worker_EndsDuringASync_AnotherDoesItAndTheRestGoesOn(bool isKilled)
    {
        StartWorkers(3);
        var accounts = await ConnectAsync();

        // The first export of this seller never ends; the next one does.
        _marketplace.Faults.Add(new FaultRule
        {
            Endpoint = "GET /products/export", Seller = "seller0", Latency = TimeSpan.FromHours(1), Times = 1,
        });
        var begun = await StartSyncAsync(accounts[0]);
        var running = await FindRunnerAsync(accounts[0]);

        await (isKilled ? running.KillAsync() : running.StopAsync());
        foreach (var account in accounts[1..])
        {
            await StartSyncAsync(account);
        }

        await SharingHosts.EventuallyAsync(
            async () => await CountAsync("sync_status = 'active' and last_sync_at is not null") == Sellers,
            "every account is synchronized");
        (await _database.ScalarAsync<long>("select count(*) from user_inventory_items")).ShouldBe(Sellers * Products);
        var operations = _front.Services.GetRequiredService<IOperations>();
        (await operations.FindAsync(begun))!.Status.ShouldBe(isKilled ? OperationStatus.Failed : OperationStatus.Cancelled);
        _workers.Count(worker => worker.HasEnded).ShouldBe(1);
        Complaints().ShouldBeEmpty();
    }

    /// <summary>What a program sets for its whole process changes nothing for the scheduler.</summary>
    [Fact]
    public async Task Worker_InAProcessWithoutNamedValues_RunsJobs()
    {
        StartWorkers(1, new Dictionary<string, bool>
        {
            ["Npgsql.EnableSqlRewriting"] = false,
            ["Npgsql.EnableLegacyTimestampBehavior"] = true,
            ["Npgsql.EnableStoredProcedureCompatMode"] = true,
            ["Npgsql.EnableLegacyCaseInsensitiveDbParameters"] = true,
        });
        var accounts = await ConnectAsync();

        await StartSyncAsync(accounts[0]);

        await SharingHosts.EventuallyAsync(
            async () => await CountAsync("sync_status = 'active' and last_sync_at is not null") == 1, "the account is synchronized");
        Complaints().ShouldBeEmpty();
    }

    /// <summary>What a request asks for is in its trace, whichever process does it.</summary>
    [Fact]
    public async Task StartSync_WithinATrace_IsGoneOnWithInAnotherHost()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "BrxSync.Client" or "BrxSync.Sync" or "BrxSync.Hosting" or "Npgsql",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var worker = CreateHost(hasJobs: true);
        await worker.StartAsync();
        var accounts = await ConnectAsync();
        using var request = new Activity("request").Start();

        await StartSyncAsync(accounts[0]);
        request.Stop();

        await SharingHosts.EventuallyAsync(() => Task.FromResult(Named("brx.job sync").Any()), "the sync is done");
        await worker.StopAsync();
        var tree = spans.Where(span => span.TraceId == request.TraceId).ToDictionary(span => span.SpanId);
        var job = Named("brx.job sync").Single();
        job.ParentSpanId.ShouldBe(request.SpanId);
        var run = Named("brx.sync.full").Single();
        run.ParentSpanId.ShouldBe(job.SpanId);
        tree.Values.Where(span => IsBelow(span, run)).Select(span => span.Source.Name).Distinct()
            .ShouldBe(["BrxSync.Client", "Npgsql"], ignoreOrder: true);
        tree.Values.ShouldAllBe(span => span.ParentSpanId == request.SpanId || tree.ContainsKey(span.ParentSpanId));
        spans.Where(IsOurs).ShouldNotBeEmpty();
        spans.Where(IsOurs).ShouldAllBe(span => span.Parent != null || span.HasRemoteParent, "looking for work is no trace");

        // Tests beside this one have statements of their own, and so has this one.
        bool IsOurs(Activity span) => span.Source.Name == "Npgsql" && Equals(span.GetTagItem("db.npgsql.data_source"), "BrxSync")
            && Equals(span.GetTagItem("db.namespace"), new NpgsqlConnectionStringBuilder(_database.ConnectionString).Database);

        IEnumerable<Activity> Named(string name) =>
            spans.Where(span => span.TraceId == request.TraceId && span.OperationName == name);

        bool IsBelow(Activity span, Activity root) =>
            span.ParentSpanId == root.SpanId || (tree.TryGetValue(span.ParentSpanId, out var parent) && IsBelow(parent, root));
    }

    /// <summary>Without any listener too, what a worker logs of a job bears the trace of whoever asked for it.</summary>
    [Fact]
    public async Task StartSync_WithinATrace_IsInTheLogOfTheWorker()
    {
        StartWorkers(1);
        var accounts = await ConnectAsync();
        using var request = new Activity("request").Start();

        var operation = await StartSyncAsync(accounts[0]);

        await SharingHosts.EventuallyAsync(
            () => Task.FromResult(_workers[0].Lines.Any(line =>
                line.Contains(operation, StringComparison.Ordinal) && line.Contains($"{request.TraceId}", StringComparison.Ordinal))),
            "the worker tells of the run");
    }

    private IHost CreateHost(bool hasJobs)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddBrxSync(brx => brx
            .UsePostgreSql(_database.ConnectionString)
            .UseEncryptionKeys(_key)
            .ConfigureCardTrader(client => client.BaseAddress = _marketplace.BaseAddress)
            .ConfigureJobs(jobs => (jobs.Enabled, jobs.PollInterval) = (hasJobs, TimeSpan.FromSeconds(1))));
        return builder.Build();
    }

    private void StartWorkers(int count, IReadOnlyDictionary<string, bool>? switches = null)
    {
        for (var i = 0; i < count; i++)
        {
            _workers.Add(WorkerProcess.Start(
                new Dictionary<string, string>
                {
                    ["BrxSync:PostgreSql:ConnectionString"] = _database.ConnectionString,
                    ["BrxSync:PostgreSql:MaxPoolSize"] = "10",
                    ["BrxSync:Encryption:Keys:0"] = _key,
                    ["BrxSync:CardTrader:BaseAddress"] = _marketplace.BaseAddress.ToString(),
                    ["BrxSync:Jobs:ProcessTimeout"] = "00:00:06",
                    ["BrxSync:Jobs:PollInterval"] = "00:00:01",
                    ["Logging:LogLevel:Default"] = "Warning",
                    ["Logging:LogLevel:BrxSync.Sync"] = "Information",
                },
                switches));
        }
    }

    private async Task<AccountId[]> ConnectAsync()
    {
        var accounts = new AccountId[Sellers];
        for (var i = 0; i < Sellers; i++)
        {
            accounts[i] = AccountId.Create();
            await _front.Services.GetRequiredService<IAccounts>().ConnectAsync(accounts[i], $"seller{i}");
        }

        return accounts;
    }

    private async Task<string> StartSyncAsync(AccountId account) =>
        (await _front.Services.GetRequiredService<IBrxSyncJobs>().StartSyncAsync(account)).Id;

    /// <summary>Finds the worker that runs an account's sync, once it waits for the marketplace.</summary>
    private async Task<WorkerProcess> FindRunnerAsync(AccountId account)
    {
        var instance = string.Empty;
        await SharingHosts.EventuallyAsync(
            async () =>
            {
                instance = await _database.ScalarAsync<string>($"""
                    select coalesce(min(instance_name), '') from brx_qrtz_fired_triggers
                    where job_name = '{account}' and job_group = 'sync' and state = 'EXECUTING'
                    """);
                return instance.Length > 0;
            },
            "a worker runs the sync");
        await _marketplaceTime.WaitForTimersAsync();
        return _workers.Single(worker => instance.Contains($"-{worker.Id}-", StringComparison.Ordinal));
    }

    private Task<long> CountAsync(string condition) =>
        _database.ScalarAsync<long>($"select count(*) from user_sync_settings where {condition}");

    /// <summary>What workers said about failures of the scheduler or of jobs.</summary>
    private IEnumerable<string> Complaints() => _workers
        .SelectMany(worker => worker.Lines)
        .Where(line => line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal)
            || line.Contains("ux_test_executing", StringComparison.Ordinal)
            || line.Contains("Unhandled", StringComparison.Ordinal));
}
