using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Changes.Editing;
using BrxSync.Sync.Changes.Properties;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>
/// What may be sent of the properties of products, planned before anything is claimed: it may take calls. All properties of a product
/// are sent, not only those that are different: whether CardTrader leaves alone what is not named is not known.
/// </summary>
internal sealed class PropertyPlans
{
    /// <summary>The code of a change whose properties CardTrader refused: it is planned anew, once.</summary>
    public const string Refused = "properties_refused";

    private readonly Dictionary<ProductId, (string? Properties, PropertyPlan Plan, HashSet<string> Changed)> _plans = [];

    /// <summary>Gets no plans.</summary>
    public static PropertyPlans None { get; } = new();

    /// <summary>Says whether changes of a product carry properties.</summary>
    public static bool AreNeeded(ChangeRow row) =>
        row.Change.Kind == ChangeKind.Create || (row.Change.Fields & ItemFields.Properties) != ItemFields.None;

    /// <summary>Plans the properties of products.</summary>
    public static async Task<PropertyPlans> MakeAsync(
        PropertyPlanner planner,
        ICardTraderAccount remote,
        IReadOnlyDictionary<ProductId, ItemDetails> details,
        IReadOnlyList<ChangeRow> rows,
        CancellationToken cancellationToken)
    {
        var plans = new PropertyPlans();
        foreach (var changes in rows.GroupBy(row => row.Attempt.ErrorCode == Refused))
        {
            var items = changes.Select(row => row.Change.Product).Distinct()
                .Where(details.ContainsKey).Select(product => details[product]).ToArray();
            var requests = items.Select(Request).ToArray();
            var made = await (changes.Key
                ? planner.PlanAgainAsync(remote, requests, cancellationToken)
                : planner.PlanAsync(remote, requests, cancellationToken)).ConfigureAwait(false);
            foreach (var (item, plan) in items.Zip(made))
            {
                plans._plans[item.Product] = (item.Properties, plan, Changed(item, rows));
            }
        }

        return plans;
    }

    /// <summary>Finds the plan for a row as it is; null when the row has changed since it was made, or none was needed.</summary>
    public PropertyPlan? Find(ItemDetails details) =>
        _plans.TryGetValue(details.Product, out var known) && known.Properties == details.Properties ? known.Plan : null;

    /// <summary>Says whether what is in doubt about a product's properties may be known later, so that its change can wait.</summary>
    public bool MustWait(ProductId product) => _plans.TryGetValue(product, out var known)
        && known.Plan.MayPass && known.Plan.Notes.Any(note => note.Kind == PropertyNoteKind.Withheld && known.Changed.Contains(note.Name));

    /// <summary>Gives what a person should know of a product's properties on their way out.</summary>
    public IReadOnlyList<ChangeRemark> RemarksOn(ProductId product) => _plans.TryGetValue(product, out var known)
        ? [.. known.Plan.Notes.Where(note => known.Changed.Contains(note.Name)).Select(Remark)]
        : [];

    private static ChangeRemark Remark(PropertyNote note) => new(
        note.Name,
        $"\"{note.Wanted}\" is {(note.Sent is { } sent ? $"sent as \"{sent}\"" : "not sent")}. {note.Reason}");

    private static PropertyRequest Request(ItemDetails item)
    {
        var values = PropertyValues.Of(StoredProperties.Read(item.Properties));
        return new PropertyRequest
        {
            Blueprint = item.Blueprint,
            Wanted = values,
            Current = ProvisionalProduct.Is(item.Product)
                ? new Dictionary<string, Client.Inventory.PropertyValue>(StringComparer.Ordinal)
                : values,
            Product = ProvisionalProduct.Is(item.Product) ? null : item.Product,
        };
    }

    /// <summary>The properties that are different from before the first of the waiting changes; of a new product all.</summary>
    private static HashSet<string> Changed(ItemDetails item, IReadOnlyList<ChangeRow> rows)
    {
        var before = rows.Where(row => row.Change.Product == item.Product && (row.Change.Fields & ItemFields.Properties) != ItemFields.None)
            .Select(row => row.Origin.Content is { } content ? ChangeContent.Parse(item.Id, content).Previous.Properties : null)
            .FirstOrDefault();
        var known = PropertyValues.Of(StoredProperties.Read(before));
        return PropertyValues.Of(StoredProperties.Read(item.Properties))
            .Where(property => !known.TryGetValue(property.Key, out var value) || value != property.Value)
            .Select(property => property.Key)
            .ToHashSet(StringComparer.Ordinal);
    }
}
