using System.Net;
using BrxSync.Simulator.Account;
using BrxSync.Simulator.Buying;
using BrxSync.Simulator.Catalog;
using BrxSync.Simulator.Control;
using BrxSync.Simulator.Faults;
using BrxSync.Simulator.Http;
using BrxSync.Simulator.Imports;
using BrxSync.Simulator.Inventory;
using BrxSync.Simulator.Jobs;
using BrxSync.Simulator.Limits;
using BrxSync.Simulator.Orders;
using BrxSync.Simulator.Webhooks;
using BrxSync.Simulator.Wishlists;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace BrxSync.Simulator;

/// <summary>A running simulated marketplace on a loopback port.</summary>
public sealed class CardTraderSimulatorHost : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly Marketplace marketplace;

    private CardTraderSimulatorHost(WebApplication application, Marketplace marketplace, Uri server)
    {
        this.application = application;
        this.marketplace = marketplace;
        BaseAddress = new Uri(server, MarketplacePipeline.Root + "/");
        ControlAddress = new Uri(server, "/_control/");
    }

    /// <summary>Gets the address of the API, ending in <c>/api/v2/</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Gets the address of the control interface, ending in <c>/_control/</c>.</summary>
    public Uri ControlAddress { get; }

    /// <summary>Gets the accounts in the order in which they were given.</summary>
    public IReadOnlyCollection<SimulatedSeller> Sellers => marketplace.Sellers;

    /// <summary>Gets the catalogue.</summary>
    public SimulatedCatalog Catalog => marketplace.Catalog;

    /// <summary>Gets the marketplace's clock.</summary>
    public SimulatorClock Clock => marketplace.Clock;

    /// <summary>Gets the orders, and what may happen to them.</summary>
    public OrderBook Orders => marketplace.Orders;

    /// <summary>Gets the webhooks.</summary>
    public WebhookOutbox Webhooks => marketplace.Webhooks;

    /// <summary>Gets how bulk jobs run.</summary>
    public JobBehavior Jobs => marketplace.Jobs.Behavior;

    /// <summary>Gets the faults to come.</summary>
    public FaultPlan Faults => marketplace.Faults;

    /// <summary>Gets or sets how calls are counted and refused; setting it forgets what was counted.</summary>
    public LimiterModel Limiter
    {
        get => marketplace.Limits.Model;
        set => marketplace.Limits.Model = value;
    }

    /// <summary>Gets or sets how long a call, and again its answer, is on the way.</summary>
    public TimeSpan NetworkLatency
    {
        get => marketplace.NetworkLatency;
        set => marketplace.NetworkLatency = value;
    }

    /// <summary>Gets the calls received.</summary>
    public CallLog Calls => marketplace.Calls;

    /// <summary>Starts a marketplace.</summary>
    /// <exception cref="ArgumentException">The options contradict themselves; the message names every fault.</exception>
    public static async Task<CardTraderSimulatorHost> StartAsync(
        CardTraderSimulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new CardTraderSimulatorOptions();
        options.Validate();
        var state = new Marketplace(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Room for the writer to run ahead of the socket; still constant.
            kestrel.Limits.MaxResponseBufferSize = 1024 * 1024;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        var server = builder.Build();
        server.Use(next => new MarketplacePipeline(state, next).InvokeAsync);
        server.UseRouting();
        var routes = new ApiRoutes(server);
        AccountEndpoints.Map(routes);
        CatalogEndpoints.Map(routes);
        ExportEndpoint.Map(routes);
        ProductEndpoints.Map(routes);
        ImageEndpoints.Map(routes);
        JobEndpoints.Map(routes);
        ImportEndpoints.Map(routes);
        OrderEndpoints.Map(routes);
        MarketplaceEndpoints.Map(routes);
        CartEndpoints.Map(routes);
        BoxEndpoints.Map(routes);
        WishlistEndpoints.Map(routes);
        ControlEndpoints.Map(server, state);
        server.MapFallback(context => ErrorAnswer.NotFoundAsync(context, "There is no such path"));
        await server.StartAsync(cancellationToken).ConfigureAwait(false);
        var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new CardTraderSimulatorHost(server, state, new Uri(address));
    }

    /// <summary>Gets an account by name, or the first one.</summary>
    /// <param name="name">The user name; null for the account that was given first.</param>
    /// <exception cref="KeyNotFoundException">There is no account of that name.</exception>
    public SimulatedSeller Seller(string? name = null) =>
        (name is null ? marketplace.Sellers.First() : marketplace.FindByName(name))
        ?? throw new KeyNotFoundException($"There is no seller {name}.");

    /// <summary>
    /// Checks that every quantity is what its history says: at the start, less what was sold, plus what was put back, plus edits.
    /// Returns what is wrong; empty when all is well.
    /// </summary>
    public IReadOnlyList<string> CheckInvariants() => StockAudit.Check(marketplace);

    /// <summary>Puts everything back to how it started: stocks, orders, webhooks, jobs, faults, limits, calls.</summary>
    public void Reset() => marketplace.Reset();

    /// <summary>Stops the marketplace at once; calls under way are cut.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync().ConfigureAwait(false);
        await application.StopAsync(now.Token).ConfigureAwait(false);
        await application.DisposeAsync().ConfigureAwait(false);
        marketplace.Scheduler.Dispose();
        await marketplace.Webhooks.StopAsync().ConfigureAwait(false);
    }

    /// <summary>Leaves signals such as Ctrl+C to the process that embeds the marketplace.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
