using System.Collections.Concurrent;
using System.Globalization;
using BrxSync.Client;
using BrxSync.Simulator;
using BrxSync.Simulator.Stock;
using BrxSync.Sync;

namespace BrxSync.Store.Compliance.Changes;

/// <summary>
/// What a seller edits, sells, offers and deletes here in one story, and what the marketplace must have of it in the end, told from the
/// marketplace's own log and not by any rule of ours.
/// </summary>
internal sealed class ChangeStory(SimulatedSeller seller, CardTraderSimulatorHost market, IChanges changes, AccountId account, int seed)
{
    private readonly Random _random = new(seed);
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly List<string> _steps = [];
    private readonly Dictionary<long, int> _prices = [];
    private readonly Dictionary<long, int> _first = [];
    private readonly HashSet<long> _mixed = [];
    private readonly int _movements = seller.GetMovements().Count;
    private IReadOnlyList<InventoryItem> _items = [];
    private long _since;
    private int _number;

    public override string ToString() => $"seed {seed}: {string.Join(", ", _steps)}";

    /// <summary>Gives a number below another one.</summary>
    public int Next(int most) => _random.Next(most);

    /// <summary>Gives what chance has for a call alone: calls that are made side by side must not take each other's numbers.</summary>
    public Random ChanceOf(HttpRequestMessage call, bool isAnswered)
    {
        var key = $"{call.Method} {call.RequestUri!.AbsolutePath} {isAnswered}";
        var number = _calls.AddOrUpdate(key, 1, (_, times) => times + 1);
        return new Random(key.Aggregate((seed * 31) + number, (sum, letter) => unchecked((sum * 31) + letter)));
    }

    public void Note(string step) => _steps.Add(step);

    public async Task BeginAsync(IReadOnlyList<InventoryItem> items)
    {
        _since = await changes.ListAsync(account, new ChangeQuery { Limit = 1 }) is [var latest, ..] ? latest.Sequence : 0;
        Refresh(items);
        foreach (var item in items.Where(item => item.Price is not null))
        {
            _first[item.Id] = (int)item.Price!.Value.Cents;
        }
    }

    /// <summary>Tells what is held now.</summary>
    public void Refresh(IReadOnlyList<InventoryItem> items) => _items = items;

    /// <summary>Something is changed here, or somebody buys there.</summary>
    public async Task HappenAsync(Random? chance = null)
    {
        chance ??= _random;
        var choice = chance.Next(100);
        if (choice < 22)
        {
            MarketStep(choice, chance);
            return;
        }

        try
        {
            if (_items.Count > 0)
            {
                await EditAsync(choice, _items[chance.Next(_items.Count)], chance);
            }
        }
        catch (ChangeRefusedException)
        {
            Note("(refused)");
        }
    }

    private void MarketStep(int choice, Random chance)
    {
        var levels = seller.GetStock();
        if (levels.Count == 0)
        {
            return;
        }

        var level = levels[chance.Next(levels.Count)];
        if (choice < 16)
        {
            Note($"buy {level.ProductId}");
            market.Orders.Place(seller, level.ProductId, chance.Next(1, 3));
        }
        else
        {
            Note($"reprice {level.ProductId} there");
            seller.Reprice(level.ProductId, 100_000 + ++_number);
            _mixed.Add(level.BlueprintId);
        }
    }

    private async Task EditAsync(int choice, InventoryItem item, Random chance)
    {
        switch (choice)
        {
            case < 45:
                await PriceAsync(item, (seed * 1_000) + ++_number);
                break;
            case < 50 when _first.TryGetValue(item.Id, out var price):
                await PriceAsync(item, price);
                break;
            case < 58:
                Note($"describe {item.Id}");
                await changes.EditAsync(account, new ItemEdit { ItemId = item.Id, Description = Text() });
                break;
            case < 76:
                Note($"sell {item.Id}");
                await changes.SellAsync(account, item.Id, chance.Next(1, 3), $"{seed}/{++_number}/{Guid.NewGuid():N}");
                break;
            case < 84:
                // More of what is sold out is put on sale anew, and CardTrader gives an equal product its price.
                Note($"restock {item.Id}");
                _mixed.Add(item.BlueprintId.Value);
                await changes.EditAsync(account, new ItemEdit { ItemId = item.Id, QuantityDelta = chance.Next(1, 4) });
                break;
            case < 88:
                Note($"delete {item.Id}");
                await changes.DeleteAsync(account, item.Id);
                break;
            default:
                await OfferAsync(item, chance);
                break;
        }
    }

    private async Task PriceAsync(InventoryItem item, int price)
    {
        Note($"price {item.Id} {price}");
        await changes.EditAsync(account, new ItemEdit { ItemId = item.Id, PriceCents = price });
        _prices[item.Id] = price;
    }

    /// <summary>Sometimes of an equal product: both become one there.</summary>
    private async Task OfferAsync(InventoryItem like, Random chance)
    {
        var catalog = market.Catalog.Expansions.SelectMany(expansion => market.Catalog.BlueprintsOf(expansion.Id)).ToArray();
        var blueprint = chance.Next(3) == 0 ? like.BlueprintId.Value : catalog[chance.Next(catalog.Length)].Id;
        Note($"offer {blueprint}");
        _mixed.Add(blueprint);
        await changes.OfferAsync(account, new NewItem
        {
            BlueprintId = new BlueprintId(blueprint), Quantity = chance.Next(1, 4),
            PriceCents = (seed * 1_000) + ++_number,
            UserDataField = Text(),
        });
    }

    private string Text() => string.Create(CultureInfo.InvariantCulture, $"text {seed} {++_number}");

    /// <summary>
    /// At rest, before anything is read anew: nothing is on its way, nothing had its effect twice, what was done is done there, and the
    /// last price that was set here is that of the marketplace.
    /// </summary>
    public async Task ShouldBeWholeAsync(IReadOnlyList<InventoryItem> items)
    {
        var made = await ListAsync();
        var tale = await TellAsync();
        made.ShouldAllBe(change => change.Status != StockChangeStatus.Waiting && change.Status != StockChangeStatus.Sent
            && change.Status != StockChangeStatus.InDoubt, tale);
        var moved = seller.GetMovements().Skip(_movements).Where(movement => movement.Cause == StockCause.Api).ToArray();
        ShouldHaveHappenedOnce(made, moved, tale);
        foreach (var failed in made.Where(change => change.Status == StockChangeStatus.Failed))
        {
            // A product that was sold out, or that an equal one stands for, is all that can fail.
            new[] { "not_found", "in_doubt" }.ShouldContain(failed.ErrorCode, $"{failed} in {tale}");
        }

        foreach (var (id, price) in _prices)
        {
            if (items.FirstOrDefault(item => item.Id == id) is { Quantity: > 0, ProductId: { } product } held
                && !_mixed.Contains(held.BlueprintId.Value) && seller.FindProduct(product.Value) is { } there)
            {
                there.PriceCents.ShouldBe(price, $"item {id} in {tale}");
            }
        }

        seller.GetStock().Select(level => seller.FindProduct(level.ProductId)!)
            .ShouldAllBe(product => product.UserDataField == null
                || !product.UserDataField.StartsWith("brx:", StringComparison.Ordinal), tale);
    }

    /// <summary>Gives the items whose offer a person is to decide about: an equal product may hold their copies, or not.</summary>
    public async Task<IReadOnlySet<long>> UndecidedOffersAsync() => (await ListAsync())
        .Where(change => change is { Kind: StockChangeKind.Create, ErrorCode: "in_doubt" })
        .Select(change => change.ItemId)
        .ToHashSet();

    /// <summary>Tells the story with what became of each change, and all that ever became of the items that only we hold.</summary>
    public async Task<string> TellAsync()
    {
        var strays = _items.Where(item => item is { ProductId: null, Quantity: > 0 }).Select(item => item.Id).ToHashSet();
        var all = await ListAsync(0);
        return $"{this}{Lines(all.Where(change => change.Sequence > _since).Select(Tell))}{Lines(seller.GetMovements().Skip(_movements))}\n"
            + $"of items without a product:{Lines(all.Where(change => strays.Contains(change.ItemId)).Select(Tell))}";
    }

    private static string Tell(StockChange change) => $"{change.Id} item {change.ItemId} product {change.ProductId} {change.Kind} "
        + $"{change.QuantityDelta} {change.Content} job {change.JobId} {change.ErrorCode} {change.Error}: "
        + string.Join(' ', change.History.Select(milestone => $"{milestone.At:T} {milestone.Status}"));

    private static string Lines<T>(IEnumerable<T> values) => string.Concat(values.Select(value => $"\n  {value}"));

    private void ShouldHaveHappenedOnce(List<StockChange> made, StockMovement[] moved, string tale)
    {
        foreach (var product in made.Where(change => change.Kind == StockChangeKind.Adjust).Select(change => change.ProductId)
            .Concat(moved.Select(movement => (ProductId?)new ProductId(movement.ProductId))).OfType<ProductId>().Distinct())
        {
            var done = Adjusted(made, product, StockChangeStatus.Done).ToArray();
            var undecided = Adjusted(made, product, StockChangeStatus.Failed).Count(change => change.ErrorCode == "in_doubt");
            var effects = moved.Where(movement => movement.ProductId == product.Value
                    && !movement.Reference.StartsWith("job", StringComparison.Ordinal))
                .ToArray();
            var where = $"product {product}: {string.Join("; ", effects)}; "
                + $"{string.Join("; ", done.Select(change => change.QuantityDelta))} in {tale}";
            effects.Length.ShouldBeLessThanOrEqualTo(done.Length + undecided, where);

            // From a product that was sold out nothing more was taken.
            if (seller.FindProduct(product.Value) is not null && undecided == 0)
            {
                effects.Sum(effect => effect.After - effect.Before).ShouldBe(done.Sum(change => change.QuantityDelta), where);
            }
        }

        var creates = made.Where(change => change.Kind == StockChangeKind.Create).ToArray();
        var listed = moved.Where(movement => movement.After > movement.Before
            && movement.Reference.StartsWith("job", StringComparison.Ordinal)).ToArray();
        var put = creates.Where(change => change.Status == StockChangeStatus.Done).ToArray();
        listed.Length.ShouldBeGreaterThanOrEqualTo(put.Length, tale);
        listed.Length.ShouldBeLessThanOrEqualTo(put.Length + creates.Count(change => change.ErrorCode == "in_doubt"), tale);
        if (listed.Length == put.Length)
        {
            listed.Sum(movement => movement.After - movement.Before).ShouldBe(put.Sum(change => change.QuantityDelta), tale);
        }
    }

    private static IEnumerable<StockChange> Adjusted(List<StockChange> made, ProductId product, StockChangeStatus status) =>
        made.Where(change => change.Kind == StockChangeKind.Adjust && change.ProductId == product && change.Status == status);

    private Task<List<StockChange>> ListAsync() => ListAsync(_since);

    private async Task<List<StockChange>> ListAsync(long since)
    {
        var all = new List<StockChange>();
        long? before = null;
        while (true)
        {
            var page = await changes.ListAsync(account, new ChangeQuery { Limit = 200, Before = before });
            all.AddRange(page.Where(change => change.Sequence > since));
            if (page.Count < 200 || page[^1].Sequence <= since)
            {
                return all;
            }

            before = page[^1].Sequence;
        }
    }
}
