using BrxSync.Client.Inventory;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Changes.Properties;

namespace BrxSync.Sync.Changes.Editing;

/// <summary>Checks a product that is to be put on sale, and gives the row that it becomes.</summary>
internal static class NewItemCheck
{
    public static IReadOnlyList<ChangeFault> Faults(NewItem item)
    {
        var faults = new List<ChangeFault>();
        Check(item.BlueprintId.Value is >= 1 and <= int.MaxValue, ChangeFaultReason.OutOfRange, nameof(NewItem.BlueprintId),
            $"The blueprint {item.BlueprintId} is none: give an id of 1 or more.");
        Check(item.Quantity >= 1, ChangeFaultReason.OutOfRange, nameof(NewItem.Quantity),
            $"The quantity {item.Quantity} is below 1: there must be a copy to sell.");
        Check(item.PriceCents >= 1, ChangeFaultReason.OutOfRange, nameof(NewItem.PriceCents),
            $"The price {item.PriceCents} is below one hundredth.");
        Check(!(item.Description?.Length > EditPlan.LongestDescription), ChangeFaultReason.TooLong, nameof(NewItem.Description),
            $"The description has {item.Description?.Length} characters, at most {EditPlan.LongestDescription} are allowed.");
        Check(!(item.UserDataField?.Length > EditPlan.LongestUserData), ChangeFaultReason.TooLong, nameof(NewItem.UserDataField),
            $"The private text has {item.UserDataField?.Length} characters, at most {EditPlan.LongestUserData} are allowed.");
        faults.AddRange(EditPlan.PropertyFaults(null, nameof(NewItem.Properties), Merge(item)));
        return faults;

        void Check(bool isRight, ChangeFaultReason reason, string field, string message)
        {
            if (!isRight)
            {
                faults.Add(new ChangeFault(reason, null, field, message));
            }
        }
    }

    public static ItemDetails Details(NewItem item) => new()
    {
        Id = 0,
        Product = default,
        Blueprint = item.BlueprintId,
        PriceCents = item.PriceCents,
        Properties = Properties(item),
        Description = item.Description,
        UserDataField = item.UserDataField,
        Graded = item.Graded,
        RowVersion = 0,
    };

    private static string? Properties(NewItem item) => Merge(item) is { } merged ? StoredProperties.Text(merged.Merged) : null;

    private static PropertyMergeResult? Merge(NewItem item) => item.Properties is { } properties
        ? PropertyMerge.Merge(ProductProperties.Empty, StoredProperties.ToJson(properties, value => value))
        : null;
}
