using BrxSync.Simulator.Buying;
using BrxSync.Simulator.Catalog;
using BrxSync.Simulator.Control;
using BrxSync.Simulator.Faults;
using BrxSync.Simulator.Imports;
using BrxSync.Simulator.Jobs;
using BrxSync.Simulator.Limits;
using BrxSync.Simulator.Orders;
using BrxSync.Simulator.Webhooks;
using BrxSync.Simulator.Wishlists;

namespace BrxSync.Simulator;

/// <summary>The whole state behind the endpoints.</summary>
internal sealed class Marketplace
{
    private readonly Dictionary<string, SimulatedSeller> byToken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SimulatedSeller> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<SimulatedSeller, List<Wishlist>> wishlists = [];
    private long lastId = 2_000_000_000;

    public Marketplace(CardTraderSimulatorOptions options)
    {
        Options = options;
        Clock = new SimulatorClock(options.TimeProvider) { Skew = options.ClockSkew };
        Scheduler = new Scheduler(Clock);
        Calls = new CallLog(options.RecordedCalls);
        Orders = new OrderBook(this);
        Webhooks = new WebhookOutbox(this);
        Jobs = new JobRunner(this);
        Imports = new ImportDesk(this);
        Carts = new CartDesk(this);
        Limits = new TokenLimits(this);
        Faults = new FaultPlan(options.Faults);
        NetworkLatency = options.NetworkLatency;
        foreach (var body in options.ExpansionBodies)
        {
            RecordedCatalog.AddExpansions(Catalog, body);
        }

        foreach (var body in options.CategoryBodies)
        {
            RecordedCatalog.AddCategories(Catalog, body);
        }

        foreach (var body in options.BlueprintBodies)
        {
            RecordedCatalog.AddBlueprints(Catalog, body);
        }

        IEnumerable<SellerOptions> accounts = options.Sellers.Count == 0 ? [new SellerOptions()] : options.Sellers;
        foreach (var (place, account) in accounts.Index())
        {
            Add(new SimulatedSeller(this, account, place));
        }
    }

    public CardTraderSimulatorOptions Options { get; }

    public SimulatorClock Clock { get; }

    public SimulatedCatalog Catalog { get; } = new();

    public Scheduler Scheduler { get; }

    public CallLog Calls { get; }

    public OrderBook Orders { get; }

    public WebhookOutbox Webhooks { get; }

    public JobRunner Jobs { get; }

    public ImportDesk Imports { get; }

    public CartDesk Carts { get; }

    public TokenLimits Limits { get; }

    public FaultPlan Faults { get; }

    public TimeSpan NetworkLatency { get; set; }

    /// <summary>Gets the lock of everything but the stocks, which have their own and are locked inside of this one.</summary>
    public Lock Gate { get; } = new();

    public IReadOnlyCollection<SimulatedSeller> Sellers => byName.Values;

    public SimulatedSeller? FindByName(string name) => byName.GetValueOrDefault(name);

    public SimulatedSeller? FindByToken(string token)
    {
        lock (byToken)
        {
            return byToken.GetValueOrDefault(token);
        }
    }

    /// <summary>Gets the wishlists of an account; used under the lock.</summary>
    public List<Wishlist> WishlistsOf(SimulatedSeller account)
    {
        if (!wishlists.TryGetValue(account, out var lists))
        {
            wishlists[account] = lists = [];
        }

        return lists;
    }

    /// <summary>Puts everything back to how it started, but for the port and the provider of time.</summary>
    public void Reset()
    {
        lock (Gate)
        {
            Scheduler.Clear();
            Orders.Flow.Clear();
            Webhooks.Clear();
            Jobs.Clear();
            Imports.Clear();
            Carts.Clear();
            wishlists.Clear();
            Calls.Clear();
            Faults.Restart(Options.Faults);
            Limits.Model = Options.Limiter;
            NetworkLatency = Options.NetworkLatency;
            Clock.Skew = Options.ClockSkew;
            foreach (var seller in Sellers)
            {
                seller.Reset();
            }
        }
    }

    /// <summary>Gives the next id of a product, order, order item or anything else: no two things share one.</summary>
    public long NextId() => Interlocked.Increment(ref lastId);

    public void ChangeToken(SimulatedSeller seller, string from, string to)
    {
        lock (byToken)
        {
            byToken.Remove(from);
            byToken[to] = seller;
        }
    }

    private void Add(SimulatedSeller seller)
    {
        byName.Add(seller.Name, seller);
        if (!byToken.TryAdd(seller.Token, seller))
        {
            throw new ArgumentException($"Seller {seller.Name} has the token of another seller; tokens must differ.");
        }
    }
}
