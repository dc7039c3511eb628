using BrxSync.Client;
using BrxSync.Sync.Retries;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Abstractions.Records;

/// <summary>What a new change carries besides what the rules look at. It is written once.</summary>
internal sealed record ChangeOrigin
{
    /// <summary>Gets the row that it is about.</summary>
    public required long ItemId { get; init; }

    /// <summary>Gets what it sets and what was there before, as JSON; null where nothing but a quantity changes.</summary>
    public string? Content { get; init; }

    /// <summary>Gets the caller's own name for it, by which a repeated call is known.</summary>
    public string? Reference { get; init; }

    /// <summary>Gets who asked for it.</summary>
    public string? Actor { get; init; }

    /// <summary>Gets the operation that it is a part of.</summary>
    public string? OperationId { get; init; }

    /// <summary>Gets when it was made, in CardTrader's clock.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Gets the trace that it belongs to.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>How sending a change went, or goes.</summary>
internal sealed record ChangeAttempt
{
    /// <summary>Gets the change.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets the call that carries or carried it.</summary>
    public string? Call { get; init; }

    /// <summary>Gets the job of CardTrader that carries it out.</summary>
    public string? JobId { get; init; }

    /// <summary>Gets its place in that job.</summary>
    public int? JobIndex { get; init; }

    /// <summary>Gets what the change carries, as JSON, for the letter should it be given up. It is not written again.</summary>
    public string? Content { get; init; }

    /// <summary>Gets how often it was tried in vain.</summary>
    public int Attempts { get; init; }

    /// <summary>Gets when it is tried again, by our clock; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Gets whether it goes out alone, because the batch that it was in was refused as a whole.</summary>
    public bool IsAlone { get; init; }

    /// <summary>Gets CardTrader's code for what is wrong.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Gets what is wrong.</summary>
    public string? Error { get; init; }

    /// <summary>Gets what was changed or left out on the way, as JSON.</summary>
    public string? Remarks { get; init; }

    /// <summary>Says whether it may be tried. A time that lies too far ahead was stored before the clock was set back.</summary>
    /// <param name="now">The time, by our clock.</param>
    public bool IsDue(DateTimeOffset now) =>
        NotBefore is not { } at || at <= now || at > now + LongestPause.OfChange + ListingRule.LongestJob;
}

/// <summary>The fields of a row that are set.</summary>
internal sealed record EditedItem
{
    /// <summary>Gets the row.</summary>
    public required long Id { get; init; }

    /// <summary>Gets which of the values below are set.</summary>
    public required ItemFields Fields { get; init; }

    /// <summary>Gets the price in hundredths.</summary>
    public int PriceCents { get; init; }

    /// <summary>Gets the properties as a JSON object, or null.</summary>
    public string? Properties { get; init; }

    /// <summary>Gets the public description, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the private text, or null.</summary>
    public string? UserDataField { get; init; }

    /// <summary>Gets whether it is graded, or null for unknown.</summary>
    public bool? Graded { get; init; }

    /// <summary>Gives both, where they set the same the values of this one.</summary>
    /// <param name="before">What was set before, of the same row; null for nothing.</param>
    public EditedItem Over(EditedItem? before)
    {
        return before is null
            ? this
            : new EditedItem
            {
                Id = Id,
                Fields = Fields | before.Fields,
                PriceCents = Has(ItemFields.Price) ? PriceCents : before.PriceCents,
                Description = Has(ItemFields.Description) ? Description : before.Description,
                Properties = Has(ItemFields.Properties) ? Properties : before.Properties,
                Graded = Has(ItemFields.Graded) ? Graded : before.Graded,
                UserDataField = Has(ItemFields.UserData) ? UserDataField : before.UserDataField,
            };

        bool Has(ItemFields field) => (Fields & field) != ItemFields.None;
    }
}

/// <summary>A row that is linked to a product from now on, or to none.</summary>
/// <param name="ItemId">The row.</param>
/// <param name="Product">The product; null for none.</param>
internal readonly record struct ItemLink(long ItemId, ProductId? Product);
