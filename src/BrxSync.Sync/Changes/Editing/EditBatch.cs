using System.Diagnostics;
using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Changes.Editing;

/// <summary>Makes edits within one step, each on top of the one before, and gathers what is to be written with them.</summary>
internal sealed class EditBatch
{
    private readonly StockStep _step;
    private readonly bool _isConnected;
    private readonly Dictionary<long, ItemDetails> _details;
    private readonly Dictionary<long, ItemDetails> _loaded;
    private readonly Dictionary<string, Guid> _references;
    private readonly OrderedDictionary<Guid, ChangeOrigin> _origins = [];
    private readonly EditJournal _journal = new();
    private readonly Dictionary<long, EditedItem> _edited = [];
    private readonly HashSet<long> _moved = [];
    private readonly List<ItemLink> _unlinked = [];
    private readonly ChangeIds _ids;

    public EditBatch(StockStep step)
    {
        var loaded = step.Loaded!;
        _step = step;
        _isConnected = loaded.IsConnected;
        _ids = new ChangeIds(step.Now.Now);
        _loaded = loaded.Details.Values.ToDictionary(details => details.Id);
        _details = new(_loaded);
        _references = new(loaded.KnownReferences, StringComparer.Ordinal);
    }

    /// <summary>Makes an edit.</summary>
    /// <param name="edit">The edit.</param>
    /// <param name="context">Who asks for it.</param>
    /// <param name="cause">What its change of quantity is called in the journal.</param>
    public (ChangeReceipt? Receipt, IReadOnlyList<ChangeFault> Faults) Edit(ItemEdit edit, ChangeContext context, string cause)
    {
        var (details, item) = Find(edit.ItemId);
        if (Repeated(context, details, item) is { } repeated)
        {
            return (repeated, []);
        }

        var plan = EditPlan.For(edit, details, item);
        if (plan.Faults.Count > 0)
        {
            return (null, plan.Faults);
        }

        if (plan.IsEmpty)
        {
            return (Receipt(details!, item!.Copies, []), []);
        }

        var changes = new List<Guid>();
        if (plan.Fields is { } fields)
        {
            Set(details!, fields);
        }

        if (plan.Delta != 0 || plan.IsSafetyStockSet)
        {
            var id = _ids.Next();
            if (plan.IsSafetyStockSet)
            {
                Keep(details!, plan.SafetyStock, id, context, cause);
            }

            changes.Add(Divide(details!, plan.Delta, context, cause, id));
        }

        // A product that is put on sale takes its fields along.
        if (plan.Fields is not null && !(changes.Count > 0 && _step.Books.Changes[changes[0]].Kind == ChangeKind.Create))
        {
            var rest = changes.Count == 0 ? context : context with { Reference = null };
            changes.Add(Change(
                details!, ChangeKind.SetFields, 0, plan.Fields.Fields, plan.Content, rest, cause, changes.FirstOrDefault()));
        }

        return (Receipt(_details[edit.ItemId], item!.Copies, changes), []);
    }

    /// <summary>Takes an item off sale.</summary>
    public (ChangeReceipt? Receipt, IReadOnlyList<ChangeFault> Faults) Delete(long itemId, long? expectedVersion, ChangeContext context)
    {
        var (details, item) = Find(itemId);
        if (Repeated(context, details, item) is { } repeated)
        {
            return (repeated, []);
        }

        var plan = EditPlan.For(new ItemEdit { ItemId = itemId, ExpectedVersion = expectedVersion }, details, item);
        if (plan.Faults.Count > 0)
        {
            return (null, plan.Faults);
        }

        var change = Change(details!, ChangeKind.Delete, 0, ItemFields.None, null, context, JournalCauses.Delisting);
        return (Receipt(details!, item!.Copies, [change]), []);
    }

    /// <summary>
    /// Moves copies of an item between CardTrader and those held back, if its safety stock asks for it and nothing is in doubt.
    /// </summary>
    public void Divide(long itemId, ChangeContext context)
    {
        if (!_details.TryGetValue(itemId, out var details) || _step.Books.Items[details.Product] is not { Hold: HoldState.Due } item
            || !_isConnected || !_step.Books.IsAtRest(details.Product))
        {
            return;
        }

        if (_step.Books.Lacks(item) == 0)
        {
            _step.Apply(books => books.Settle(details.Product), string.Empty);
        }
        else if (_step.Books.Divide(item, 0).HeldBack != 0)
        {
            Divide(details, 0, context, JournalCauses.SafetyStock, _ids.Next());
        }
    }

    /// <summary>Makes a change that failed once more, as it was: whatever the row holds by now.</summary>
    public IReadOnlyList<ChangeFault> Repeat(long itemId, ChangeKind kind, int delta, ChangeContent? content, ChangeContext context)
    {
        var (details, item) = Find(itemId);
        if (details is null || item is null)
        {
            return [new ChangeFault(ChangeFaultReason.UnknownItem, itemId, string.Empty, $"Item {itemId} is not in view any more.")];
        }

        switch (kind)
        {
            case ChangeKind.Adjust when delta == 0:
                Divide(details, 0, context, JournalCauses.SafetyStock, _ids.Next());
                return [];
            case ChangeKind.Adjust:
                return Edit(new ItemEdit { ItemId = itemId, QuantityDelta = delta }, context, JournalCauses.Edit).Faults;
            case ChangeKind.Delete:
                return Delete(itemId, null, context).Faults;
            case ChangeKind.Create when ProvisionalProduct.Is(details.Product):
                Create(details, item.Quantity, context, JournalCauses.Listing, former: item);
                return [];
            case ChangeKind.SetFields when content is not null:
                Set(details, content.Values);
                Change(details, kind, 0, content.Values.Fields, content, context, JournalCauses.Edit);
                return [];
            default:
                return
                [
                    new ChangeFault(
                        ChangeFaultReason.Contradiction, itemId, string.Empty, "The letter does not say what was to be done."),
                ];
        }
    }

    /// <summary>Puts the row that the step has added on sale.</summary>
    public ChangeReceipt Offer(int quantity, ChangeContext context)
    {
        var added = _step.Loaded!.Added!;
        _details[added.Id] = added;
        var held = _isConnected ? _step.Books.SafetyStock.Of(quantity) : 0;
        var item = new StockItem { Product = added.Product, Quantity = quantity - held, HeldBack = held };
        var change = Create(added, item.Quantity, context, JournalCauses.Listing, former: item);
        return Receipt(added, 0, [change]);
    }

    /// <summary>Gives what is to be written.</summary>
    public StockWrites Writes()
    {
        var writes = _step.Writes();
        return writes with
        {
            Changes =
            [
                .. writes.Changes.Where(change => !_origins.ContainsKey(change.Id)),
                .. _origins.Keys.Select(id => _step.Books.Changes.GetValueOrDefault(id)).OfType<LocalChange>(),
            ],
            Journal = _journal.Lines(writes.Journal, PriceOf),
            Origins = _origins,
            EditedItems = [.. _edited.Values],
            Links = [.. writes.Links, .. _unlinked],
        };
    }

    /// <summary>Says whether an item is linked, or about to be.</summary>
    private bool IsForSale(ItemDetails details) =>
        !ProvisionalProduct.Is(details.Product) || IsOffered(details) || _step.Books.Items[details.Product].HeldBack > 0;

    /// <summary>An item that left the view is none.</summary>
    private (ItemDetails? Details, StockItem? Item) Find(long itemId) =>
        _details.TryGetValue(itemId, out var details)
        && _step.Books.Items.TryGetValue(details.Product, out var item) && !item.Presence.IsRemoved
            ? (details with { RowVersion = VersionOf(itemId) }, item)
            : (null, null);

    /// <summary>Gives the version that a row has once what was made so far is written.</summary>
    public long VersionOf(long itemId) =>
        (_loaded.GetValueOrDefault(itemId)?.RowVersion ?? 0) + (_edited.ContainsKey(itemId) ? 1 : 0) + (_moved.Contains(itemId) ? 1 : 0);

    /// <summary>Gets whether nothing is to be written.</summary>
    public bool IsEmpty => _origins.Count == 0;

    /// <summary>Gives the receipt of a change that was made before; null when there is none of this reference.</summary>
    public ChangeReceipt? Repeated(long itemId, ChangeContext context)
    {
        var (details, item) = Find(itemId);
        return Repeated(context, details, item) is { } receipt ? receipt with { ItemId = itemId } : null;
    }

    /// <summary>Books a sale through another channel.</summary>
    public (ChangeReceipt? Receipt, IReadOnlyList<ChangeFault> Faults) Sell(long itemId, int copies, ChangeContext context)
    {
        var (details, item) = Find(itemId);
        return Repeated(context, details, item) is null && details is not null && !IsForSale(details)
            ? (null, [
                new ChangeFault(
                    ChangeFaultReason.NotLinked,
                    itemId,
                    string.Empty,
                    $"Item {itemId} is not linked to a product of CardTrader: put it on sale there, or edit its quantity."),
            ])
            : Edit(new ItemEdit { ItemId = itemId, QuantityDelta = -copies }, context, JournalCauses.LocalSale);
    }

    private ChangeReceipt? Repeated(ChangeContext context, ItemDetails? details, StockItem? item) =>
        context.Reference is { } reference && _references.TryGetValue(reference, out var known)
            ? new ChangeReceipt
            {
                ItemId = details?.Id ?? 0,
                ProductId = Linked(details),
                Changes = [known],
                IsRepeated = true,
                QuantityBefore = item?.Copies ?? 0,
                Quantity = item?.Copies ?? 0,
                PriceCents = details?.PriceCents ?? 0,
                RowVersion = details?.RowVersion ?? 0,
            }
            : null;

    /// <summary>
    /// CardTrader drops a product with its last copy: more of it is a new product, as is more of what was sold out before it was ever on
    /// sale there. Not while changes of it are undecided, of which one may be the reason that there is none.
    /// </summary>
    private bool IsGone(ItemDetails details, StockItem item) =>
        _isConnected && item.Quantity == 0
        && !_step.Books.ChangesOf(details.Product)
            .Any(change => change.State is ChangeState.Waiting or ChangeState.Sent or ChangeState.InDoubt or ChangeState.Reserved);

    private bool IsOffered(ItemDetails details) => _step.Books.ChangesOf(details.Product).Any(
        change => change is { Kind: ChangeKind.Create, State: ChangeState.Waiting or ChangeState.Sent or ChangeState.InDoubt });

    private void Set(ItemDetails details, EditedItem fields)
    {
        _edited[details.Id] = (fields with { Id = details.Id }).Over(_edited.GetValueOrDefault(details.Id));
        _details[details.Id] = details.With(fields);
    }

    /// <summary>Sets, or takes away, an item's own safety stock.</summary>
    private void Keep(ItemDetails details, SafetyStock? safetyStock, Guid change, ChangeContext context, string cause) => _step.Apply(
        books => books.Keep(details.Product, safetyStock),
        SourceId(change),
        editCause: cause,
        actor: context.Actor ?? JournalActors.Host);

    /// <summary>
    /// Divides an item's copies, with some that are added or taken. Nothing is moved while there is no marketplace.
    /// </summary>
    private Guid Divide(ItemDetails details, int added, ChangeContext context, string cause, Guid id)
    {
        var item = _step.Books.Items[details.Product];
        var kept = Math.Max(added, -item.Quantity);
        var (listed, held) = _isConnected ? _step.Books.Divide(item, added) : (kept, added - kept);
        return listed > 0 && IsGone(details, item)
            ? Relist(details, item with { Quantity = listed, HeldBack = item.HeldBack + held }, context, cause, id)
            : Change(details, ChangeKind.Adjust, listed, ItemFields.None, null, context, cause, id: id, heldBack: held);
    }

    private Guid Relist(ItemDetails details, StockItem item, ChangeContext context, string cause, Guid id)
    {
        var unlinked = _details[details.Id] with { Product = ProvisionalProduct.Of(details.Id) };
        if (details.Product != unlinked.Product)
        {
            _step.Apply(
                books =>
                {
                    books = books.Enter(books.Items[details.Product] with { HeldBack = 0 }, JournalCause.Edit, 0);
                    return books with { Items = books.Items.Remove(details.Product), Rereads = books.Rereads.Remove(details.Product) };
                },
                SourceId(id),
                editCause: cause,
                actor: context.Actor ?? JournalActors.Host);
            _unlinked.Add(new ItemLink(details.Id, null));
        }

        _details[details.Id] = unlinked;
        return Create(unlinked, item.Quantity, context, cause, id, item);
    }

    private Guid Create(
        ItemDetails details, int quantity, ChangeContext context, string cause, Guid id = default, StockItem? former = null)
    {
        var change = New(details, ChangeKind.Create, 0, ItemFields.None, null, context, id);
        _step.Apply(
            books => books.Offer(change, quantity, _isConnected && quantity > 0, _step.Now.Now, former),
            SourceId(change.Id),
            editCause: cause,
            actor: context.Actor ?? JournalActors.Host);
        _journal.Price(SourceId(change.Id), details.Product, null, details.PriceCents);
        return change.Id;
    }

    /// <summary>Makes a change. One that is made with another is one line with it in the journal.</summary>
    private Guid Change(
        ItemDetails details,
        ChangeKind kind,
        int delta,
        ItemFields fields,
        ChangeContent? content,
        ChangeContext context,
        string cause,
        Guid with = default,
        Guid id = default,
        int heldBack = 0)
    {
        var change = New(details, kind, delta, fields, content?.ToJson(), context, id) with { HeldBack = heldBack };
        var isSent = _isConnected && (kind != ChangeKind.Adjust || delta != 0)
            && (!ProvisionalProduct.Is(details.Product) || IsOffered(details));
        var source = with == default ? change.Id : with;
        _step.Apply(
            books => books.Edit(change, _step.Now.Now, isSent),
            SourceId(source),
            editCause: cause,
            actor: context.Actor ?? JournalActors.Host);
        if (content is not null)
        {
            _journal.Price(SourceId(source), details.Product, content.Previous.PriceCents, content.Values.PriceCents);
        }

        return change.Id;
    }

    private LocalChange New(
        ItemDetails details, ChangeKind kind, int delta, ItemFields fields, string? content, ChangeContext context, Guid id = default)
    {
        id = id == default ? _ids.Next() : id;
        var change = new LocalChange { Id = id, Product = details.Product, Kind = kind, Delta = delta, Fields = fields };
        _origins[change.Id] = new ChangeOrigin
        {
            ItemId = details.Id,
            Content = content,
            Reference = context.Reference,
            Actor = context.Actor,
            OperationId = context.OperationId,
            MadeAt = _step.Now.Now,
            TraceParent = Activity.Current?.Id,
        };
        if (context.Reference is { } reference)
        {
            _references[reference] = change.Id;
        }

        _ = kind != ChangeKind.SetFields && _moved.Add(details.Id);
        return change;
    }

    private ChangeReceipt Receipt(ItemDetails details, int before, IReadOnlyList<Guid> changes) => new()
    {
        ItemId = details.Id,
        ProductId = Linked(details),
        Changes = changes,
        IsQueued = changes.Any(id => _step.Books.Changes[id].State == ChangeState.Waiting),
        QuantityBefore = before,
        Quantity = _step.Books.Items[details.Product].Copies,
        PriceCents = details.PriceCents,
        RowVersion = VersionOf(details.Id),
    };

    private static ProductId? Linked(ItemDetails? details) =>
        details is null || ProvisionalProduct.Is(details.Product) ? null : details.Product;

    private static string SourceId(Guid change) => $"change {change}";

    /// <summary>The price that an item has after the step, where no edit of the line changes it; null where it is not known.</summary>
    private int? PriceOf(ProductId product) =>
        !ProvisionalProduct.Is(product) && _step.Loaded!.Details.TryGetValue(product, out var loaded)
        && _details.TryGetValue(loaded.Id, out var details) && details.Product == product
            ? details.PriceCents
            : null;
}
