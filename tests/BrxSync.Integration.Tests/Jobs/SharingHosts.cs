using System.Diagnostics;
using BrxSync.Hosting.Jobs;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Accounts;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace BrxSync.Integration.Tests.Jobs;

/// <summary>Hosts that share one database and its jobs, each with handlers that a test can hold.</summary>
internal sealed class SharingHosts : IAsyncDisposable
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9/");
    private readonly string _key = EncryptionKey.Generate();
    private readonly List<IHost> _hosts = [];

    public PostgreSqlDatabase Database { get; } = new();

    public RecordingLoggerProvider Logs { get; } = new(LogLevel.Information);

    public static async Task<SharingHosts> CreateAsync()
    {
        var hosts = new SharingHosts();
        await hosts.Database.InitializeAsync();
        return hosts;
    }

    /// <summary>Starts a host; given handlers replace the engine's.</summary>
    public Task<IHost> StartAsync(params IJobHandler[] handlers) => StartAsync(_ => { }, handlers);

    public Task<IHost> StartAsync(Action<JobsOptions> configure, params IJobHandler[] handlers) =>
        StartAsync(TimeProvider.System, configure, handlers);

    /// <summary>Starts a host that has a clock of its own.</summary>
    public async Task<IHost> StartAsync(TimeProvider clock, Action<JobsOptions> configure, params IJobHandler[] handlers)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(clock);
        builder.Logging.AddProvider(Logs);
        builder.AddBrxSync(brx => brx
            .UsePostgreSql(Database.ConnectionString, options => options.MaxPoolSize = 10)
            .UseEncryptionKeys(_key)
            .ConfigureCardTrader(options => options.BaseAddress = Nowhere)
            .ConfigureJobs(options =>
            {
                (options.PollInterval, options.ProcessTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6));
                configure(options);
            }));
        builder.Services.RemoveAll<IJobHandler>();
        foreach (var handler in handlers)
        {
            builder.Services.AddSingleton(handler);
        }

        var host = builder.Build();
        _hosts.Add(host);
        await host.StartAsync();
        return host;
    }

    public static IWorkSignal Signal(IHost host) => host.Services.GetRequiredService<IWorkSignal>();

    public static JobQueue Queue(IHost host) => host.Services.GetRequiredService<JobQueue>();

    public static ValueTask<IScheduler> SchedulerAsync(IHost host) =>
        host.Services.GetRequiredKeyedService<ISchedulerFactory>(JobKinds.Scheduler).GetScheduler();

    /// <summary>Makes an account of which the engine knows nothing but that it is connected.</summary>
    public async Task<AccountId> ConnectAsync()
    {
        var account = AccountId.Create();
        await Database.ExecuteAsync(
            $"insert into user_sync_settings (user_id, cardtrader_token_encrypted) values ('{account}', 'gAAAA')");
        return account;
    }

    /// <summary>Counts waiting triggers of a kind, over all processes.</summary>
    public Task<long> CountWaitingAsync(WorkKind kind) => Database.ScalarAsync<long>(
        $"select count(*) from brx_qrtz_triggers where trigger_group = '{JobKinds.NameOf(kind)}' and trigger_state in ('WAITING', 'BLOCKED')");

    public static async Task EventuallyAsync(Func<Task<bool>> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        using var moments = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(90), what);
            await moments.WaitForNextTickAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.StopAsync();
            host.Dispose();
        }

        Logs.Dispose();
        await Database.DisposeAsync();
    }
}
