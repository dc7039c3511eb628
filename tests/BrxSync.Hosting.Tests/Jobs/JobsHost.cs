using System.Diagnostics;
using BrxSync.Hosting.Jobs;
using BrxSync.Simulator;
using BrxSync.Simulator.Faults;
using BrxSync.Sync;
using BrxSync.Sync.Time;
using BrxSync.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace BrxSync.Hosting.Tests.Jobs;

/// <summary>Hosts that run jobs on one SQLite file beside one simulated marketplace.</summary>
internal sealed class JobsHost : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("brxsync-jobs-");
    private readonly List<IHost> _hosts = [];

    public CardTraderSimulatorHost Marketplace { get; private set; } = null!;

    /// <summary>Gets the marketplace's clock, by which an export is held back.</summary>
    public ManualTimeProvider MarketplaceTime { get; } = new();

    public string DatabasePath => Path.Combine(_folder.FullName, "stock.db");

    public static async Task<JobsHost> CreateAsync()
    {
        var options = new CardTraderSimulatorOptions();
        var host = new JobsHost();
        options.TimeProvider = host.MarketplaceTime;
        foreach (var name in (string[])["demo", "other", "third"])
        {
            options.Sellers.Add(new SellerOptions { Name = name, Token = name, Products = 30 });
        }

        host.Marketplace = await CardTraderSimulatorHost.StartAsync(options);
        return host;
    }

    /// <summary>Starts a host; given handlers replace the engine's.</summary>
    public Task<IHost> StartAsync(Action<JobsOptions>? configure = null, params IJobHandler[] handlers) =>
        StartAsync(null, configure, handlers);

    /// <summary>Starts a host with services of the test's own.</summary>
    public async Task<IHost> StartAsync(Action<IServiceCollection> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddBrxSync(configure: brx => brx
            .UseSqlite(DatabasePath)
            .ConfigureCardTrader(options => options.BaseAddress = Marketplace.BaseAddress));
        add(builder.Services);
        var host = builder.Build();
        _hosts.Add(host);
        await host.StartAsync();
        return host;
    }

    /// <summary>Starts a host that lives by a clock of the test.</summary>
    public async Task<IHost> StartAsync(ManualTimeProvider? time, Action<JobsOptions>? configure, params IJobHandler[] handlers)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        if (time is not null)
        {
            builder.Services.AddSingleton<TimeProvider>(time);
        }

        builder.Services.AddBrxSync(configure: brx => brx
            .UseSqlite(DatabasePath)
            .ConfigureCardTrader(options => options.BaseAddress = Marketplace.BaseAddress)
            .ConfigureJobs(options => configure?.Invoke(options)));
        if (handlers.Length > 0)
        {
            builder.Services.RemoveAll<IJobHandler>();
            foreach (var handler in handlers)
            {
                builder.Services.AddSingleton(handler);
            }
        }

        var host = builder.Build();
        _hosts.Add(host);
        await host.StartAsync();
        return host;
    }

    /// <summary>Prepares the store without running any job.</summary>
    public Task<IHost> StartWithoutJobsAsync() => StartAsync(options => options.Enabled = false);

    /// <summary>Lets the next export wait until the marketplace's clock is moved.</summary>
    public void HoldNextExport() =>
        Marketplace.Faults.Add(new FaultRule { Endpoint = "GET /products/export", Latency = TimeSpan.FromHours(1), Times = 1 });

    public void ReleaseExport() => MarketplaceTime.Advance(TimeSpan.FromHours(1));

    public async Task<int> ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }

    public static async Task<AccountId> ConnectAsync(IHost host, string seller = "demo")
    {
        var account = AccountId.Create();
        await host.Services.GetRequiredService<IAccounts>().ConnectAsync(account, seller);
        return account;
    }

    /// <summary>Waits until something is so; what jobs do has no other signal than the store.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        using var moments = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await condition())
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(30), what);
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

        await Marketplace.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
