using System.Diagnostics;
using BrxSync.Simulator;
using BrxSync.Sync;
using BrxSync.Sync.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BrxSync.Hosting.Tests.Examples;

/// <summary>The examples of the documentation do what they say.</summary>
public sealed class ExampleTests : IAsyncLifetime
{
    private const int Products = 50;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("brxsync-example-");
    private CardTraderSimulatorHost marketplace = null!;

    private static string Program => Path.Combine(
        AppContext.BaseDirectory,
        "..",
        "..",
        "BrxSync.FirstRun.Testing",
        new DirectoryInfo(AppContext.BaseDirectory).Name,
        "BrxSync.FirstRun.Testing.dll");

    public async Task InitializeAsync() =>
        marketplace = await CardTraderSimulatorHost.StartAsync(
            new CardTraderSimulatorOptions { Sellers = { new SellerOptions { Products = Products } } });

    public async Task DisposeAsync()
    {
        await marketplace.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task EmbeddingExample_InAProcessOfItsOwn_EndsWellAndSaysWhatItUsesInALine()
    {
        var (exitCode, output, errors) = await RunAsync();

        exitCode.ShouldBe(0, errors);
        errors.ShouldBeEmpty();
        output.ShouldContain($"Completed: {Products} created, 0 removed.");
        output.ShouldNotContain("warn:");
        output.ShouldNotContain("fail:");
        output.ShouldNotContain("crit:");
        output.ShouldNotContain("Quartz");
        output.ShouldNotContain(marketplace.Seller().Token);
        var said = output
            .Split('\n')
            .Where(line => line.Contains("BrxSync keeps the stock in", StringComparison.Ordinal))
            .ShouldHaveSingleItem();
        said.ShouldContain(Path.Combine(folder.FullName, "brxsync.db"));
        said.ShouldContain(marketplace.BaseAddress.Authority);
        said.ShouldContain("catalogue: none");
        said.ShouldContain("jobs: run here");

        // What was started is stopped: the log ends with it.
        output.ShouldContain("Application is shutting down...");
    }

    [Fact]
    public async Task WebhookExamples_OnTheSimulator_ApplyASaleAndFindAnother()
    {
        var seller = marketplace.Seller();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        foreach (var (key, value) in Settings)
        {
            builder.Configuration[key] = value;
        }

        builder.Services.AddBrxSync(builder.Configuration.GetSection("BrxSync"), brx => brx.WithoutJobs());
        using var host = builder.Build();
        await host.StartAsync();
        var account = AccountId.Create();
        await host.Services.GetRequiredService<IAccounts>().ConnectAsync(account, seller.Token);
        await ChoicesExample.WatchAsync(host.Services, account, TextWriter.Null, default);

        var stock = seller.GetStock().Where(level => level.Quantity > 0).Take(2).ToArray();
        marketplace.Orders.Place(seller, stock[0].ProductId, 1);
        var sent = marketplace.Webhooks.All().Single();
        (await WebhookExample.ReceiveAsync(host.Services, account, sent.Body, sent.Signature, default)).ShouldBe(200);
        (await WebhookExample.ReceiveAsync(host.Services, account, sent.Body, sent.Signature, default)).ShouldBe(200);
        (await WebhookExample.ReceiveAsync(host.Services, account, sent.Body, "forged", default)).ShouldBe(401);
        (await WebhookExample.ReceiveAsync(host.Services, AccountId.Create(), sent.Body, sent.Signature, default)).ShouldBe(404);

        marketplace.Orders.Place(seller, stock[1].ProductId, 1);
        (await WebhookExample.CatchUpAsync(host.Services, account, default)).ShouldBeGreaterThanOrEqualTo(1);
        (await ChoicesExample.CountAsync(host.Services, account, default)).ShouldBe(seller.GetStock().Sum(level => level.Quantity));
        (await DeadLetterExample.DecideAsync(host.Services, account, _ => true, default)).ShouldBe(0, "nothing was given up");
    }

    [Fact]
    public async Task ChoicesExamples_OnTheSimulator_PlanWatchReadAndCompare()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        foreach (var (key, value) in Settings)
        {
            builder.Configuration[key] = value;
        }

        builder.AddBrxSync();
        using var host = builder.Build();
        await host.StartAsync();
        var account = AccountId.Create();
        await host.Services.GetRequiredService<IAccounts>().ConnectAsync(account, marketplace.Seller().Token);

        (await ChoicesExample.PlanAsync(host.Services, account, default)).Created.ShouldBe(Products);
        (await ChoicesExample.CountAsync(host.Services, account, default)).ShouldBe(0);
        (await ChoicesExample.WatchAsync(host.Services, account, TextWriter.Null, default)).Succeeded.ShouldBeTrue();
        (await ChoicesExample.CountAsync(host.Services, account, default)).ShouldBe(
            marketplace.Seller().GetStock().Sum(level => level.Quantity));
        (await ExpansionExample.SyncAsync(host.Services, account, default)).Progress.Unchanged.ShouldBe(Products);
        marketplace.Seller().ChangeProducts(changed: 0, added: 1);
        var output = new StringWriter();
        (await ReconciliationExample.CompareAsync(host.Services, account, output, default)).ShouldNotBeNull().MissingLocal.ShouldBe(1);
        output.ToString().ShouldStartWith("missing_local: 1");
        marketplace.Seller().ChangeProducts(changed: 0, added: 0, removed: Products / 2);
        (await ExpansionExample.SyncAsync(host.Services, account, default)).Status.ShouldBe(OperationStatus.Withheld);
        (await ReviewExample.AcceptAsync(
            host.Services, account, snapshot => snapshot.Gone == Products / 2, default)).ShouldNotBeNull().IsAccepted.ShouldBeTrue();
        (await ExpansionExample.SyncAsync(host.Services, account, default)).Succeeded.ShouldBeTrue();
        await host.StopAsync();
    }

    [Fact]
    public void ExpansionExample_AsTheRule_IsAccepted()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());

        ExpansionExample.Choose(builder);

        using var host = builder.Build();
        host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<Sync.Snapshots.FullSyncOptions>>().Value.Mode
            .ShouldBe(Sync.SyncMode.ByExpansion);
    }

    [Fact]
    public async Task AccountExamples_OnTheSimulator_ConnectStartAndRemove()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        foreach (var (key, value) in Settings)
        {
            builder.Configuration[key] = value;
        }

        builder.AddBrxSync(AccountExample.Configure);
        using var host = builder.Build();
        await host.StartAsync();
        var (account, other) = (AccountId.Create(), AccountId.Create());
        var output = new StringWriter();

        (await AccountExample.ConnectAsync(host.Services, account, "wrong")).ShouldBe("CardTrader does not accept this token.");
        (await AccountExample.ConnectAsync(host.Services, account, marketplace.Seller().Token)).ShouldBeNull();
        (await AccountExample.ConnectAsync(
            host.Services, other, marketplace.Seller().Token)).ShouldBe("This CardTrader account is linked to another user.");
        (await AccountExample.StartAsync(host.Services, account, output)).IsLive.ShouldBeTrue();
        await AccountExample.LiveAsync(host.Services, account, output);

        output.ToString().ShouldContain("is Pending.");
        (await host.Services.GetRequiredService<IAccounts>().FindAsync(account))!.IsConnected.ShouldBeFalse();
        (await AccountExample.PurgeAsync(host.Services, account)).ShouldBeGreaterThan(0);
        (await host.Services.GetRequiredService<IAccounts>().FindAsync(account)).ShouldBeNull();
        await host.StopAsync();
    }

    [Fact]
    public void ChoicesExample_OfPostgreSql_IsAccepted()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());

        ChoicesExample.Choose(builder, "Host=127.0.0.1;Username=nobody", EncryptionKey.Generate(), EncryptionKey.Generate());

        using var host = builder.Build();
        host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<EncryptionOptions>>().Value.Keys.Count.ShouldBe(2);
    }

    private Dictionary<string, string> Settings => new(StringComparer.Ordinal)
    {
        ["BrxSync:CardTrader:BaseAddress"] = marketplace.BaseAddress.ToString(),
        ["BrxSync:Sqlite:Path"] = Path.Combine(folder.FullName, "stock.db"),
        ["Logging:LogLevel:Default"] = "None",
    };

    /// <summary>As a reader runs it first: in an empty folder, with the logging that every host begins with.</summary>
    private async Task<(int ExitCode, string Output, string Errors)> RunAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
            ArgumentList =
            {
                Program, $"--BrxSync:CardTrader:BaseAddress={marketplace.BaseAddress}", $"--CardTraderToken={marketplace.Seller().Token}",
            },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }
}
