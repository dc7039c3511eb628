using BrxSync.Simulator.Stock;

namespace BrxSync.Simulator.Catalog;

/// <summary>
/// What exists: games, categories, expansions and blueprints. Generated ones are always there; recorded ones are added from files, and
/// blueprints that only an export file speaks of are concluded from its rows.
/// </summary>
public sealed class SimulatedCatalog
{
    /// <summary>Expansions made up for the blueprints of an export file whose expansion nobody recorded, one per game.</summary>
    private const int ConcludedExpansions = 90_000;

    private readonly Dictionary<long, SimulatedBlueprint> known = [];
    private readonly Dictionary<int, List<long>> knownByExpansion = [];
    private readonly SortedDictionary<int, SimulatedExpansion> expansions = [];
    private readonly SortedDictionary<int, SimulatedCategory> categories = [];
    private readonly SortedDictionary<int, SimulatedGame> games = [];
    private readonly List<long> withoutExpansion = [];

    internal SimulatedCatalog()
    {
        for (var expansion = 0; expansion < GeneratedCatalog.Expansions; expansion++)
        {
            var generated = GeneratedCatalog.Expansion(expansion);
            expansions[generated.Id] = generated;
        }

        foreach (var category in BuiltInCategories.All)
        {
            categories[category.Id] = category;
        }

        foreach (var game in BuiltInCategories.Games)
        {
            games[game.Id] = game;
        }
    }

    /// <summary>Gets all games, by id.</summary>
    public IReadOnlyCollection<SimulatedGame> Games => games.Values;

    /// <summary>Gets all categories, by id.</summary>
    public IReadOnlyCollection<SimulatedCategory> Categories => categories.Values;

    /// <summary>Gets all expansions, by id.</summary>
    public IReadOnlyCollection<SimulatedExpansion> Expansions => expansions.Values;

    /// <summary>Gets the expansions whose blueprints are "not ready": asked for them, the marketplace answers 404.</summary>
    public ISet<int> NotReady { get; } = new HashSet<int>();

    /// <summary>Finds a blueprint.</summary>
    public SimulatedBlueprint? FindBlueprint(long id) =>
        known.TryGetValue(id, out var blueprint) ? blueprint
        : GeneratedCatalog.TryIndexOf(id, out var index) ? GeneratedCatalog.Blueprint(index)
        : null;

    /// <summary>Finds an expansion.</summary>
    public SimulatedExpansion? FindExpansion(int id) => expansions.GetValueOrDefault(id);

    /// <summary>Lists the blueprints of an expansion, or those without one.</summary>
    public IEnumerable<SimulatedBlueprint> BlueprintsOf(int? expansionId)
    {
        if (expansionId is not { } id)
        {
            return withoutExpansion.Select(blueprint => known[blueprint]);
        }

        var generated = id - GeneratedCatalog.FirstExpansionId;
        return generated is >= 0 and < GeneratedCatalog.Expansions
            ? Enumerable.Range(generated * GeneratedCatalog.PerExpansion, GeneratedCatalog.PerExpansion).Select(GeneratedCatalog.Blueprint)
            : knownByExpansion.GetValueOrDefault(id, []).Select(blueprint => known[blueprint]);
    }

    /// <summary>Finds the expansion of a blueprint without building the blueprint.</summary>
    internal int? ExpansionOf(long blueprintId) =>
        known.TryGetValue(blueprintId, out var blueprint) ? blueprint.ExpansionId
        : GeneratedCatalog.TryIndexOf(blueprintId, out var index)
        ? GeneratedCatalog.FirstExpansionId + (index / GeneratedCatalog.PerExpansion)
        : null;

    internal SimulatedBlueprint? FindByScryfallId(string id) => known.Values.FirstOrDefault(blueprint => blueprint.ScryfallId == id)
        ?? (GeneratedCatalog.TryFromScryfallId(id, out var index) ? GeneratedCatalog.Blueprint(index) : null);

    internal SimulatedBlueprint? FindByCardMarketId(long id) => known.Values.FirstOrDefault(blueprint => blueprint.CardMarketId == id)
        ?? (FindBlueprint(id - GeneratedCatalog.FirstCardMarketId + GeneratedCatalog.FirstBlueprintId) is { } found
            && found.CardMarketId == id
                ? found
                : null);

    internal SimulatedBlueprint? FindByTcgPlayerId(long id) => known.Values.FirstOrDefault(blueprint => blueprint.TcgPlayerId == id)
        ?? (FindBlueprint(id - GeneratedCatalog.FirstTcgPlayerId + GeneratedCatalog.FirstBlueprintId) is { } found
            && found.TcgPlayerId == id
                ? found
                : null);

    internal void Add(SimulatedExpansion expansion) => expansions[expansion.Id] = expansion;

    internal void Add(SimulatedCategory category)
    {
        categories[category.Id] = category;
        if (!games.ContainsKey(category.GameId))
        {
            games[category.GameId] = new(category.GameId, $"Game {category.GameId}", $"Game {category.GameId}");
        }
    }

    internal void Add(SimulatedBlueprint blueprint)
    {
        known[blueprint.Id] = blueprint;
        var list = withoutExpansion;
        if (blueprint.ExpansionId is { } expansion && !knownByExpansion.TryGetValue(expansion, out list))
        {
            knownByExpansion[expansion] = list = [];
        }

        list!.Add(blueprint.Id);
    }

    /// <summary>Adds the blueprints that the rows of an export file speak of and that nothing else describes.</summary>
    internal void ConcludeFrom(IEnumerable<StockSlot> rows)
    {
        foreach (var product in rows.Select(row => row.Product).OfType<StockProduct>())
        {
            if (FindBlueprint(product.BlueprintId) is not null)
            {
                continue;
            }

            var expansion = ConcludedExpansions + product.GameId;
            if (!expansions.ContainsKey(expansion))
            {
                Add(new SimulatedExpansion(expansion, product.GameId, $"rec{product.GameId}", $"Recorded stock of game {product.GameId}"));
            }

            Add(ConcludedBlueprint.From(product, expansion, categories.GetValueOrDefault(product.CategoryId)));
        }
    }
}
