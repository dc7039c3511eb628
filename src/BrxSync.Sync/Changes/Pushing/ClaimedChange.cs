using BrxSync.Client.Inventory;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Changes.Editing;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>A change that is stored as sent, and is about to be.</summary>
/// <param name="Change">The change.</param>
/// <param name="Details">What the row held when it was claimed.</param>
/// <param name="Attempt">How sending it went so far.</param>
internal sealed record ClaimedChange(LocalChange Change, ItemDetails Details, ChangeAttempt Attempt)
{
    /// <summary>Gives what is sent for a change of fields: the values that the row has.</summary>
    public ProductChange ToProductChange() => new()
    {
        Id = Change.Product,
        PriceCents = Has(ItemFields.Price) ? Details.PriceCents : null,
        Description = Has(ItemFields.Description) ? Details.Description ?? string.Empty : null,
        UserDataField = Has(ItemFields.UserData) ? Details.UserDataField ?? string.Empty : null,
        Graded = Has(ItemFields.Graded) ? Details.Graded : null,
        Properties = Has(ItemFields.Properties) ? JsonText.Read(Details.Properties) : null,
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
        Properties = Details.Properties is null ? null : JsonText.Read(Details.Properties),
    };

    private bool Has(ItemFields field) => (Change.Fields & field) != ItemFields.None;
}
