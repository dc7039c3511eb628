using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Changes.Properties;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Changes.Editing;

/// <summary>What an edit comes down to for an item as it is: how many copies more or less, which fields with which values. Pure.</summary>
internal sealed record EditPlan
{
    public const int LongestDescription = 5_000;
    public const int LongestUserData = 1_000;

    private static readonly ItemFields[] Editable =
        [ItemFields.Price, ItemFields.Description, ItemFields.Properties, ItemFields.Graded, ItemFields.UserData];

    /// <summary>Gets what is wrong; nothing is done then.</summary>
    public IReadOnlyList<ChangeFault> Faults { get; private init; } = [];

    /// <summary>Gets how many copies are added.</summary>
    public int Delta { get; private init; }

    /// <summary>Gets whether the item gets another safety stock of its own, or none.</summary>
    public bool IsSafetyStockSet { get; private init; }

    /// <summary>Gets the item's own safety stock from now on; null for that of the account.</summary>
    public SafetyStock? SafetyStock { get; private init; }

    /// <summary>Gets the fields that are different from before, with their values; null when none is.</summary>
    public EditedItem? Fields { get; private init; }

    /// <summary>Gets the fields' values and those before.</summary>
    public ChangeContent? Content { get; private init; }

    /// <summary>Gets whether nothing is different.</summary>
    public bool IsEmpty => Delta == 0 && Fields is null && !IsSafetyStockSet;

    /// <summary>Plans an edit.</summary>
    /// <param name="edit">The edit.</param>
    /// <param name="details">The row, or null when the account has none of this id.</param>
    /// <param name="item">Its stock, as the rules see it.</param>
    public static EditPlan For(ItemEdit edit, ItemDetails? details, StockItem? item)
    {
        ArgumentNullException.ThrowIfNull(edit);
        var faults = new List<ChangeFault>();
        Check(edit, faults);
        if (details is null || item is null)
        {
            Add(ChangeFaultReason.UnknownItem, string.Empty, $"The account has no item {edit.ItemId}. List the stock to find it.");
            return new EditPlan { Faults = faults };
        }

        if (edit.ExpectedVersion is { } version && version != details.RowVersion)
        {
            Add(
                ChangeFaultReason.StaleVersion,
                nameof(ItemEdit.ExpectedVersion),
                $"Item {edit.ItemId} has version {details.RowVersion}, not {version}: read it again and decide anew.");
        }

        var delta = edit.QuantityDelta ?? (edit.Quantity - item.Copies) ?? 0;
        if (item.Copies + (long)delta is < 0 or > int.MaxValue)
        {
            Add(
                delta < 0 ? ChangeFaultReason.NotEnough : ChangeFaultReason.OutOfRange,
                nameof(ItemEdit.QuantityDelta),
                $"Item {edit.ItemId} has {item.Copies} copies: {delta} cannot be added.");
        }

        var properties = edit.Properties is null
            ? null
            : PropertyMerge.Merge(
                StoredProperties.Read(details.Properties), StoredProperties.ToJson(edit.Properties, value => value), nullClears: true);
        faults.AddRange(PropertyFaults(edit.ItemId, nameof(ItemEdit.Properties), properties));
        var wanted = Wanted(edit, details, properties);
        var safetyStock = edit.UsesSafetyStockOfAccount ? null : edit.SafetyStock ?? item.SafetyStock;
        return faults.Count > 0
            ? new EditPlan { Faults = faults }
            : Plan(delta, wanted, details) with { IsSafetyStockSet = safetyStock != item.SafetyStock, SafetyStock = safetyStock };

        void Add(ChangeFaultReason reason, string field, string message) =>
            faults.Add(new ChangeFault(reason, edit.ItemId, field, message));
    }

    private static EditPlan Plan(int delta, EditedItem wanted, ItemDetails details)
    {
        var different = ItemFields.None;
        foreach (var field in Editable)
        {
            var isDifferent = (wanted.Fields & field) != ItemFields.None && !ChangeContent.IsSame(field, wanted, details);
            different |= isDifferent ? field : ItemFields.None;
        }

        var fields = different == ItemFields.None ? null : wanted with { Fields = different };
        return new EditPlan
        {
            Delta = delta,
            Fields = fields,
            Content = fields is null ? null : new ChangeContent(fields, Of(details) with { Fields = different }),
        };
    }

    /// <summary>Checks what can be checked without the item.</summary>
    private static void Check(ItemEdit edit, List<ChangeFault> faults)
    {
        if (edit is { Quantity: not null, QuantityDelta: not null })
        {
            Add(ChangeFaultReason.Contradiction, nameof(ItemEdit.Quantity), "set either a quantity or a difference, not both");
        }

        if (edit.Quantity < 0)
        {
            Add(ChangeFaultReason.OutOfRange, nameof(ItemEdit.Quantity), $"the quantity {edit.Quantity} is below 0");
        }

        if (edit is { SafetyStock: not null, UsesSafetyStockOfAccount: true })
        {
            Add(
                ChangeFaultReason.Contradiction,
                nameof(ItemEdit.SafetyStock),
                "set either a safety stock or that of the account, not both");
        }

        if (edit.SafetyStock is { IsValid: false } safetyStock)
        {
            Add(
                ChangeFaultReason.OutOfRange,
                nameof(ItemEdit.SafetyStock),
                $"the safety stock of {safetyStock.Copies} copies and {safetyStock.Percent} % is out of range ({SafetyStock.Ranges})");
        }

        if (edit.PriceCents < 1)
        {
            Add(ChangeFaultReason.OutOfRange, nameof(ItemEdit.PriceCents), $"the price {edit.PriceCents} is below one hundredth");
        }

        CheckLength(nameof(ItemEdit.Description), edit.Description, LongestDescription);
        CheckLength(nameof(ItemEdit.UserDataField), edit.UserDataField, LongestUserData);
        void Add(ChangeFaultReason reason, string field, string what) =>
            faults.Add(new ChangeFault(reason, edit.ItemId, field, $"Item {edit.ItemId}: {what}."));

        void CheckLength(string field, string? text, int longest)
        {
            if (text?.Length > longest)
            {
                Add(ChangeFaultReason.TooLong, field, $"the text has {text.Length} characters, at most {longest} are allowed");
            }
        }
    }

    /// <summary>Gives the fields that an edit names.</summary>
    public static ItemFields FieldsOf(ItemEdit edit) => (edit.PriceCents is null ? ItemFields.None : ItemFields.Price)
        | (edit.Description is null ? ItemFields.None : ItemFields.Description)
        | (edit.Properties is null ? ItemFields.None : ItemFields.Properties)
        | (edit.Graded is null ? ItemFields.None : ItemFields.Graded)
        | (edit.UserDataField is null ? ItemFields.None : ItemFields.UserData);

    private static EditedItem Wanted(ItemEdit edit, ItemDetails details, PropertyMergeResult? properties) => new()
    {
        Id = details.Id,
        Fields = FieldsOf(edit),
        PriceCents = edit.PriceCents ?? details.PriceCents,
        Description = edit.Description,
        Properties = properties is null ? null : StoredProperties.Text(properties.Merged),
        Graded = edit.Graded,
        UserDataField = edit.UserDataField,
    };

    /// <summary>Gives what is wrong with properties.</summary>
    public static IEnumerable<ChangeFault> PropertyFaults(long? item, string field, PropertyMergeResult? merged) =>
        merged?.Faults.Select(fault => new ChangeFault(
            fault.Name is null ? ChangeFaultReason.TooLong : ChangeFaultReason.InvalidProperty,
            item,
            fault.Name is null ? field : $"{field}.{fault.Name}",
            $"{(item is null ? "The new item" : $"Item {item}")}: "
                + $"{(fault.Name is null ? string.Empty : $"property \"{fault.Name}\": ")}{fault.Text}")) ?? [];

    private static EditedItem Of(ItemDetails details) => new()
    {
        Id = details.Id,
        Fields = ItemFields.None,
        PriceCents = details.PriceCents,
        Description = details.Description,
        Properties = details.Properties,
        Graded = details.Graded,
        UserDataField = details.UserDataField,
    };
}
