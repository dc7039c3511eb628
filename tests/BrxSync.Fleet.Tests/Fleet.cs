using BrxSync.Integration.Tests.Jobs;
using BrxSync.Simulator;
using BrxSync.Simulator.Limits;
using BrxSync.Store.Compliance.Webhooks;
using BrxSync.Sync;
using BrxSync.Sync.Accounts;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BrxSync.Fleet.Tests;

/// <summary>
/// Three workers as operators start them, on one PostgreSQL and one Redis, beside a host without jobs that takes in webhooks, edits and
/// purchases; and the marketplace, which counts calls as the real one does.
/// </summary>
internal sealed class Fleet(FleetSize size) : IAsyncDisposable
{
    /// <summary>A worker that is killed while it asks how far a job is keeps the account's only slot for that so long.</summary>
    private static readonly TimeSpan LeaseLifetime = TimeSpan.FromMinutes(2);

    private readonly string _key = EncryptionKey.Generate();
    private readonly string _redisPrefix = $"fleet-{Guid.NewGuid():N}";
    private readonly List<WorkerProcess> _all = [];

    public PostgreSqlDatabase Database { get; } = new();

    public CardTraderSimulatorHost Marketplace { get; private set; } = null!;

    public IHost Front { get; private set; } = null!;

    public IReadOnlyList<FleetShop> Shops { get; private set; } = [];

    /// <summary>Gets the workers that run.</summary>
    public List<WorkerProcess> Workers { get; } = [];

    /// <summary>Gets what all workers told, also those that are gone.</summary>
    public IEnumerable<string> Lines => _all.SelectMany(worker => worker.Lines);

    public T Get<T>()
        where T : notnull => Front.Services.GetRequiredService<T>();

    public async Task StartAsync()
    {
        await Database.InitializeAsync();
        var accounts = Enumerable.Range(0, size.Accounts).Select(_ => AccountId.Create()).ToArray();
        var options = new CardTraderSimulatorOptions
        {
            Limiter = LimiterModel.SlidingLog,
            WebhookTransport = new WebhookReceiver(
                Get<IWebhooks>, account => Marketplace.Seller($"seller{Array.IndexOf(accounts, new AccountId(account))}")),
        };
        for (var i = 0; i < size.Accounts; i++)
        {
            options.Sellers.Add(new SellerOptions
            {
                Name = $"seller{i}", Token = $"seller{i}", Products = size.Items, WebhookUrl = new Uri($"http://host/{accounts[i]}"),
            });
        }

        Marketplace = await CardTraderSimulatorHost.StartAsync(options);
        Front = CreateFront();
        await Front.StartAsync();
        await Database.ExecuteAsync(
            "create unique index ux_test_executing on brx_qrtz_fired_triggers (job_name, job_group) where state = 'EXECUTING'");
        for (var i = 0; i < FleetSize.Workers; i++)
        {
            StartWorker();
        }

        Shops = [.. accounts.Select((account, i) => new FleetShop(this, account, Marketplace.Seller($"seller{i}"), seed: 100 + i))];
        foreach (var shop in Shops)
        {
            await shop.ConnectAsync();
        }
    }

    public void StartWorker()
    {
        Workers.Add(WorkerProcess.Start(new Dictionary<string, string>
        {
            ["BrxSync:PostgreSql:ConnectionString"] = Database.ConnectionString,
            ["BrxSync:PostgreSql:MaxPoolSize"] = $"{FleetSize.PoolSize}",
            ["BrxSync:Redis:ConnectionString"] = ServerEnvironment.Redis,
            ["BrxSync:Redis:KeyPrefix"] = _redisPrefix,
            ["BrxSync:Redis:Instances"] = $"{FleetSize.Workers + 1}",
            ["BrxSync:Encryption:Keys:0"] = _key,
            ["BrxSync:CardTrader:BaseAddress"] = Marketplace.BaseAddress.ToString(),
            ["BrxSync:CardTrader:RateLimiter:LeaseLifetime"] = $"{LeaseLifetime}",
            ["BrxSync:Jobs:ProcessTimeout"] = "00:00:06",
            ["BrxSync:Jobs:PollInterval"] = "00:00:01",
            ["BrxSync:Jobs:SweepInterval"] = "00:00:05",
            ["BrxSync:Jobs:OrdersInterval"] = "00:00:30",
            ["Logging:LogLevel:Default"] = "Warning",
        }));
        _all.Add(Workers[^1]);
    }

    public async Task KillAsync(int index)
    {
        var worker = Workers[index];
        Workers.RemoveAt(index);
        await worker.KillAsync();
    }

    /// <summary>Counts the connections of all processes.</summary>
    public Task<long> CountConnectionsAsync() => Database.ScalarAsync<long>(
        "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");

    /// <summary>Tells what is still to be done; empty when the fleet is at rest.</summary>
    public async Task<string> FindUndoneAsync()
    {
        var webhooks = Marketplace.Webhooks.Queued().Count;
        var stored = await Database.ScalarAsync<string>("""
            select concat_ws(', ',
                (select string_agg(n || ' changes ' || state, ', ') from (
                    select state, count(*) n from pending_changes where state in ('waiting', 'sent', 'in_doubt', 'reserved') group by 1) c),
                (select count(*) || ' rereads' from reread_requests having count(*) > 0),
                (select count(*) || ' orders' from order_fetches having count(*) > 0),
                (select count(*) || ' deliveries' from webhook_inbox where outcome = 'waiting' having count(*) > 0),
                (select count(*) || ' operations' from sync_operations where status in ('pending', 'running', 'retrying')
                 having count(*) > 0),
                (select count(*) || ' jobs' from brx_qrtz_fired_triggers where state = 'EXECUTING' and job_group <> 'system'
                 having count(*) > 0))
            """);
        return webhooks == 0 ? stored : $"{stored} {webhooks} webhooks";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _all)
        {
            await worker.DisposeAsync();
        }

        if (Front is not null)
        {
            await Front.StopAsync();
            Front.Dispose();
        }

        if (Marketplace is not null)
        {
            await Marketplace.DisposeAsync();
        }

        await Database.DisposeAsync();
    }

    private IHost CreateFront()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddBrxSync(brx => brx
            .UsePostgreSql(Database.ConnectionString, options => options.MaxPoolSize = FleetSize.PoolSize)
            .UseRedis(
                ServerEnvironment.Redis, redis => (redis.KeyPrefix, redis.Instances) = (_redisPrefix, FleetSize.Workers + 1))
            .UseEncryptionKeys(_key)
            .ConfigureCardTrader(client =>
                (client.BaseAddress, client.RateLimiter.LeaseLifetime) = (Marketplace.BaseAddress, LeaseLifetime))
            .ConfigureJobs(jobs => jobs.Enabled = false));
        return builder.Build();
    }
}
