using BrxSync.Client;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Abstractions.Records;

/// <summary>What a row of the inventory holds beside the stock that the rules look at.</summary>
internal sealed record ItemDetails
{
    /// <summary>Gets the row's id.</summary>
    public required long Id { get; init; }

    /// <summary>Gets the product as the rules name it: a provisional one where the row is not linked.</summary>
    public required ProductId Product { get; init; }

    /// <summary>Gets the blueprint.</summary>
    public required BlueprintId Blueprint { get; init; }

    /// <summary>Gets the price in hundredths.</summary>
    public required int PriceCents { get; init; }

    /// <summary>Gets the properties as a JSON object, or null.</summary>
    public string? Properties { get; init; }

    /// <summary>Gets the public description, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the private text, or null.</summary>
    public string? UserDataField { get; init; }

    /// <summary>Gets whether it is graded, or null when unknown.</summary>
    public bool? Graded { get; init; }

    /// <summary>Gets the number that grows with every write of the row.</summary>
    public required long RowVersion { get; init; }

    /// <summary>Gives the row with the fields that an edit sets.</summary>
    public ItemDetails With(EditedItem edited)
    {
        return this with
        {
            PriceCents = Has(ItemFields.Price) ? edited.PriceCents : PriceCents,
            Description = Has(ItemFields.Description) ? edited.Description : Description,
            Properties = Has(ItemFields.Properties) ? edited.Properties : Properties,
            Graded = Has(ItemFields.Graded) ? edited.Graded : Graded,
            UserDataField = Has(ItemFields.UserData) ? edited.UserDataField : UserDataField,
        };

        bool Has(ItemFields field) => (edited.Fields & field) != ItemFields.None;
    }
}
