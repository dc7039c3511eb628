using BrxSync.Client.Inventory;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Changes.Properties;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>A change that is stored as sent, and is about to be.</summary>
/// <param name="Change">The change.</param>
/// <param name="Details">What the row held when it was claimed.</param>
/// <param name="Attempt">How sending it went so far.</param>
internal sealed record ClaimedChange(LocalChange Change, ItemDetails Details, ChangeAttempt Attempt)
{
    /// <summary>Gets the properties that may be sent; null where none are to be.</summary>
    public PropertyPlan? Properties { get; init; }

    /// <summary>Gets whether it would set properties alone, and none of them may be sent.</summary>
    public bool IsEmpty => Change is { Kind: ChangeKind.SetFields, Fields: ItemFields.Properties } && Properties is not { Send.Count: > 0 };

    /// <summary>Gives what is sent for a change of fields: the values that the row has.</summary>
    public ProductChange ToProductChange() => new()
    {
        Id = Change.Product,
        PriceCents = Has(ItemFields.Price) ? Details.PriceCents : null,
        Description = Has(ItemFields.Description) ? Details.Description ?? string.Empty : null,
        UserDataField = Has(ItemFields.UserData) ? Details.UserDataField ?? string.Empty : null,
        Graded = Has(ItemFields.Graded) ? Details.Graded : null,
        Properties = Has(ItemFields.Properties) && Properties is { Send.Count: > 0 } plan ? plan.Send : null,
    };

    /// <summary>Gives what is sent for a product that is put on sale, with our mark.</summary>
    public NewProduct ToNewProduct() => new()
    {
        BlueprintId = Details.Blueprint,
        PriceCents = Details.PriceCents,
        Quantity = Change.Delta,
        Description = Details.Description,
        UserDataField = ListingMark.Text(Change, Details.UserDataField),
        Graded = Details.Graded,
        Properties = Properties is { Send.Count: > 0 } plan ? plan.Send : null,
    };

    private bool Has(ItemFields field) => (Change.Fields & field) != ItemFields.None;
}
