using System.Text;
using BrxSync.Client;
using BrxSync.Client.Inventory;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Snapshots;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Store.Compliance;

/// <summary>What the suites share: a fresh store per test, and short words for accounts, products and snapshots.</summary>
public abstract class StoreSuite : IAsyncLifetime
{
    private readonly Lazy<StoreUnderTest> _store;

    protected StoreSuite() => _store = new Lazy<StoreUnderTest>(CreateStore);

    protected StoreUnderTest Store => _store.Value;

    protected abstract StoreUnderTest CreateStore();

    public virtual Task InitializeAsync() => Store.StartAsync();

    public virtual async Task DisposeAsync() => await Store.DisposeAsync();

    internal async Task<AccountId> ConnectAsync()
    {
        var id = AccountId.Create();
        await Store.Accounts.SaveConnectionAsync(new AccountConnection { Id = id, TokenCiphertext = "gAAAA-token" });
        return id;
    }

    internal async Task<AccountRecord> AccountAsync(AccountId id) => (await Store.Accounts.FindAsync(id)).ShouldNotBeNull();

    internal static SnapshotRow Row(int index, long id, int quantity, int price = 100, string currency = "EUR", string? text = null)
    {
        var product = new Product
        {
            Id = new ProductId(id),
            BlueprintId = new BlueprintId(58000 + (id % 100)),
            Quantity = quantity,
            Price = new Money(price, currency),
            Description = text,
            Properties = ProductProperties.FromUtf8Json(Encoding.UTF8.GetBytes("""{"condition":"Near Mint","mtg_foil":false}""")),
        };
        return new SnapshotRow(index, product, ContentHash.Of(product));
    }

    /// <summary>Applies one snapshot of (id, quantity) rows.</summary>
    internal async Task<PlannedChanges> ApplyAsync(AccountId account, SnapshotOutcome outcome, params (long Id, int Quantity)[] products) =>
        await ApplyAsync(account, outcome, [.. products.Select((product, index) => Row(index, product.Id, product.Quantity))]);

    internal async Task<PlannedChanges> ApplyAsync(AccountId account, SnapshotOutcome outcome, SnapshotRow[] rows)
    {
        await using var session = (await Store.Snapshots.TryOpenAsync(account)).ShouldNotBeNull();
        await session.StageAsync(rows);
        var plan = await session.PlanAsync();
        await plan.ApplyAsync(new SnapshotApplication { Record = Record(outcome, plan), Currency = "EUR" });
        return plan.Changes;
    }

    internal static SnapshotRecord Record(SnapshotOutcome outcome, ISnapshotPlan plan, string operationId = "op") =>
        Record(outcome, plan.Changes, operationId);

    internal static SnapshotRecord Record(SnapshotOutcome outcome, PlannedChanges plan, string operationId = "op") => new()
    {
        OperationId = operationId,
        Outcome = outcome,
        Fall = plan.Fall,
        Staged = plan.Staged,
        Window = SnapshotWindow.Around(DateTimeOffset.UnixEpoch.AddDays(20000), DateTimeOffset.UnixEpoch.AddDays(20000).AddSeconds(5)),
        Reasons = ["because"],
    };

    internal async Task<Dictionary<string, InventoryItem>> ItemsAsync(AccountId account)
    {
        var items = new Dictionary<string, InventoryItem>(StringComparer.Ordinal);
        await foreach (var item in Store.Inventory.StreamAsync(account))
        {
            items.Add(item.ProductId?.ToString() ?? $"local {item.Id}", item);
        }

        return items;
    }

    /// <summary>Gives an account's journal from its beginning.</summary>
    internal async Task<List<JournalEntry>> JournalAsync(AccountId account, long after = 0, long? product = null)
    {
        var entries = new List<JournalEntry>();
        await foreach (var entry in Store.Inventory.StreamJournalAsync(account, after, product is { } id ? new ProductId(id) : null))
        {
            entries.Add(entry);
        }

        return entries;
    }

    /// <summary>
    /// Replays the journal: its positions rise by one, each entry begins where the one before it of its product ended, and it gives the
    /// quantity and the price of every linked row. The prices of products that another program changed may jump.
    /// </summary>
    internal async Task<Dictionary<string, int>> ReplayAsync(AccountId account, IReadOnlySet<long>? changedBesideUs = null)
    {
        var state = new Dictionary<string, (int Quantity, int? Price)>(StringComparer.Ordinal);
        var position = 0L;
        foreach (var entry in await JournalAsync(account))
        {
            entry.Position.ShouldBe(++position);
            var (quantity, price) = state.GetValueOrDefault(entry.ProductId.ToString()!);
            price = changedBesideUs?.Contains(entry.ProductId!.Value.Value) == true ? entry.PriceBefore : price;
            (entry.Before, entry.PriceBefore).ShouldBe((quantity, price), $"{entry}");
            entry.Fields.HasFlag(JournalFields.Price).ShouldBe(entry.PriceBefore != entry.PriceAfter, $"{entry}");
            (entry.Before != entry.After || entry.Fields != JournalFields.None || entry.Oversold > 0).ShouldBeTrue($"{entry}");
            state[entry.ProductId.ToString()!] = (entry.After, entry.PriceAfter);
        }

        (await Store.Inventory.GetJournalPositionAsync(account)).ShouldBe(position);
        foreach (var item in (await ItemsAsync(account)).Values.Where(item => item is { ProductId: not null, Price: not null }))
        {
            state.GetValueOrDefault(item.ProductId.ToString()!).Price.ShouldBe((int)item.Price!.Value.Cents, $"{item}");
        }

        return state.ToDictionary(pair => pair.Key, pair => pair.Value.Quantity, StringComparer.Ordinal);
    }
}
