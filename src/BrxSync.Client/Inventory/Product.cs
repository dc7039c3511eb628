using BrxSync.Client.Inventory.Exports;

namespace BrxSync.Client.Inventory;

/// <summary>One product of a seller's stock: some copies of a blueprint, with one price and one set of properties.</summary>
/// <remarks>
/// The stock export and the answers of single calls carry different keys: <see cref="PresentFields"/> tells which were there.
/// </remarks>
public sealed record Product : CardTraderRecord
{
    /// <summary>Gets the id of the product.</summary>
    public required ProductId Id { get; init; }

    /// <summary>Gets the blueprint the product is an instance of.</summary>
    public required BlueprintId BlueprintId { get; init; }

    /// <summary>Gets the category of the blueprint.</summary>
    public CategoryId? CategoryId { get; init; }

    /// <summary>Gets the game of the blueprint.</summary>
    public GameId? GameId { get; init; }

    /// <summary>Gets the expansion of the blueprint.</summary>
    /// <value>Usually <see langword="null"/> in the stock export, which does not name it.</value>
    public ExpansionId? ExpansionId { get; init; }

    /// <summary>Gets the English name of the blueprint.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the number of units for sale; a unit is a bundle of <see cref="BundleSize"/> cards.</summary>
    public required int Quantity { get; init; }

    /// <summary>Gets the number of cards in one unit.</summary>
    /// <value>The default is 1.</value>
    public int BundleSize { get; init; } = 1;

    /// <summary>Gets the number of cards in all units together, as CardTrader counts it.</summary>
    /// <value><see langword="null"/> when it was not sent.</value>
    public int? BundledQuantity { get; init; }

    /// <summary>Gets the public description exactly as stored; an empty text and none are different values.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the price of one unit: what the seller gets, in the currency of the seller's account.</summary>
    public required Money Price { get; init; }

    /// <summary>Gets the fixed and editable properties together.</summary>
    public ProductProperties Properties { get; init; } = ProductProperties.Empty;

    /// <summary>Gets the seller who owns the product.</summary>
    public long? UserId { get; init; }

    /// <summary>Gets a value indicating whether the product is graded.</summary>
    public bool Graded { get; init; }

    /// <summary>Gets what CardTrader sent for <c>graded</c> when it was neither true, false nor null, for example <c>PSA 9</c>.</summary>
    public string? GradedText { get; init; }

    /// <summary>Gets the private label of the seller.</summary>
    /// <value><see langword="null"/> for none; an empty text is read as none.</value>
    public string? Tag { get; init; }

    /// <summary>Gets the private text field of the seller or of the integrating application.</summary>
    /// <value><see langword="null"/> for none; an empty text is read as none.</value>
    public string? UserDataField { get; init; }

    /// <summary>Gets the pictures the seller uploaded.</summary>
    public IReadOnlyList<ProductImage> UploadedImages { get; init; } = [];

    /// <summary>Gets which of the known keys were present in what was read.</summary>
    public ProductFields PresentFields { get; init; }
}
