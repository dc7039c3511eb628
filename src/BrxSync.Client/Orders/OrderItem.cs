using BrxSync.Client.Inventory;

namespace BrxSync.Client.Orders;

/// <summary>One line of an order. A product sold in one order may appear in several lines.</summary>
public sealed record OrderItem : CardTraderRecord
{
    /// <summary>Gets the id of the line: what to book stock moves under.</summary>
    public required OrderItemId Id { get; init; }

    /// <summary>Gets the product that was sold.</summary>
    /// <value><see langword="null"/> when CardTrader does not say; then fetch the order again and do not guess.</value>
    public ProductId? ProductId { get; init; }

    /// <summary>Gets the blueprint of the product.</summary>
    public BlueprintId? BlueprintId { get; init; }

    /// <summary>Gets the category of the blueprint.</summary>
    public CategoryId? CategoryId { get; init; }

    /// <summary>Gets the game of the blueprint.</summary>
    public GameId? GameId { get; init; }

    /// <summary>Gets the order in which the line was sold over CardTrader Zero. Weekly orders repeat lines of such source orders.</summary>
    public OrderId? HubPendingOrderId { get; init; }

    /// <summary>Gets the name of the blueprint.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the name of the expansion.</summary>
    public string? Expansion { get; init; }

    /// <summary>Gets the number of units; a unit is a bundle of the product's bundle size.</summary>
    public required int Quantity { get; init; }

    /// <summary>Gets the number of cards in one unit.</summary>
    /// <value><see langword="null"/> in real orders: take it from the product.</value>
    public int? BundleSize { get; init; }

    /// <summary>Gets the properties, read-only ones included.</summary>
    public ProductProperties Properties { get; init; } = ProductProperties.Empty;

    /// <summary>Gets the public description exactly as stored; an empty text and none are different values.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the private label of the seller.</summary>
    public string? Tag { get; init; }

    /// <summary>Gets the private text field of the product.</summary>
    public string? UserDataField { get; init; }

    /// <summary>Gets the price of one unit as the seller sees it.</summary>
    public Money? SellerPrice { get; init; }

    /// <summary>Gets the price of one unit as the buyer sees it.</summary>
    public Money? BuyerPrice { get; init; }

    /// <summary>Gets the price as a text for display, possibly in another currency.</summary>
    public string? FormattedPrice { get; init; }

    /// <summary>Gets the amounts taken back; negative.</summary>
    public IReadOnlyList<Money> CancelledPrices { get; init; } = [];

    /// <summary>Gets the amounts for which CardTrader bought the line back; negative.</summary>
    public IReadOnlyList<Money> RepurchasePrices { get; init; } = [];

    /// <summary>Gets a value indicating whether the product is graded.</summary>
    public bool Graded { get; init; }

    /// <summary>Gets what CardTrader sent for <c>graded</c> when it was neither true, false nor null.</summary>
    public string? GradedText { get; init; }

    /// <summary>Gets the id of the product at Cardmarket.</summary>
    public long? CardMarketId { get; init; }

    /// <summary>Gets the id of the product at TCGplayer.</summary>
    public long? TcgPlayerId { get; init; }

    /// <summary>Gets the id of the card at Scryfall.</summary>
    public string? ScryfallId { get; init; }

    /// <summary>Gets when the line was made: the moment of the sale.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Gets when the line was taken out of the order.</summary>
    /// <value><see langword="null"/> when it is still part of it.</value>
    public DateTimeOffset? DeletedAt { get; init; }
}
