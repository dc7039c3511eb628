using CardTraderSimulator.Catalog;
using CardTraderSimulator.Control;

namespace CardTraderSimulator;

/// <summary>The whole state behind the endpoints.</summary>
internal sealed class Marketplace
{
    private readonly Dictionary<string, SimulatedSeller> byToken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SimulatedSeller> byName = new(StringComparer.Ordinal);
    private long lastId = 2_000_000_000;

    public Marketplace(CardTraderSimulatorOptions options)
    {
        Options = options;
        Clock = new SimulatorClock(options.TimeProvider) { Skew = options.ClockSkew };
        Calls = new CallLog(options.RecordedCalls);
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

    public CallLog Calls { get; }

    public IReadOnlyCollection<SimulatedSeller> Sellers => byName.Values;

    public SimulatedSeller? FindByName(string name) => byName.GetValueOrDefault(name);

    public SimulatedSeller? FindByToken(string token)
    {
        lock (byToken)
        {
            return byToken.GetValueOrDefault(token);
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
