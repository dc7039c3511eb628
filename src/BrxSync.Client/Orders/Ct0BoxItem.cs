using BrxSync.Client.Inventory;

namespace BrxSync.Client.Orders;

/// <summary>Something the account bought over CardTrader Zero and did not receive yet. Not part of selling.</summary>
public sealed record Ct0BoxItem : CardTraderRecord
{
    /// <summary>Gets the id of the item.</summary>
    public required long Id { get; init; }

    /// <summary>Gets how many copies arrived at CardTrader in order.</summary>
    /// <value><see langword="null"/> when CardTrader does not say.</value>
    public int? OkQuantity { get; init; }

    /// <summary>Gets how many copies are still awaited.</summary>
    /// <value><see langword="null"/> when CardTrader does not say.</value>
    public int? PendingQuantity { get; init; }

    /// <summary>Gets how many copies are missing.</summary>
    /// <value><see langword="null"/> when CardTrader does not say.</value>
    public int? MissingQuantity { get; init; }

    /// <summary>Gets the seller.</summary>
    public OrderUser? Seller { get; init; }

    /// <summary>Gets the product.</summary>
    public ProductId? ProductId { get; init; }

    /// <summary>Gets the blueprint of the product.</summary>
    public BlueprintId? BlueprintId { get; init; }

    /// <summary>Gets the category of the blueprint.</summary>
    public CategoryId? CategoryId { get; init; }

    /// <summary>Gets the game of the blueprint.</summary>
    public GameId? GameId { get; init; }

    /// <summary>Gets the name of the blueprint.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the name of the expansion.</summary>
    public string? Expansion { get; init; }

    /// <summary>Gets the seller's description exactly as stored; an empty text and none are different values.</summary>
    public string? Description { get; init; }

    /// <summary>Gets a value indicating whether the product is graded.</summary>
    public bool Graded { get; init; }

    /// <summary>Gets what CardTrader sent for <c>graded</c> when it was neither true, false nor null.</summary>
    public string? GradedText { get; init; }

    /// <summary>Gets the number of cards in one unit.</summary>
    public int? BundleSize { get; init; }

    /// <summary>Gets the properties.</summary>
    public ProductProperties Properties { get; init; } = ProductProperties.Empty;

    /// <summary>Gets the price paid for one unit.</summary>
    public Money? BuyerPrice { get; init; }

    /// <summary>Gets the price as a text for display.</summary>
    public string? FormattedPrice { get; init; }

    /// <summary>Gets the id of the product at Cardmarket.</summary>
    public long? CardMarketId { get; init; }

    /// <summary>Gets the id of the product at TCGplayer.</summary>
    public long? TcgPlayerId { get; init; }

    /// <summary>Gets the id of the card at Scryfall.</summary>
    public string? ScryfallId { get; init; }

    /// <summary>Gets a value indicating whether it is a pre-sale.</summary>
    public bool? Presale { get; init; }

    /// <summary>Gets when the pre-sale ended.</summary>
    public DateTimeOffset? PresaleEndedAt { get; init; }

    /// <summary>Gets when it was paid.</summary>
    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>Gets when it should arrive.</summary>
    public DateTimeOffset? EstimatedArrivedAt { get; init; }

    /// <summary>Gets when it arrived.</summary>
    public DateTimeOffset? ArrivedAt { get; init; }

    /// <summary>Gets when it was cancelled.</summary>
    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>Gets a value indicating whether it goes back to the seller (undocumented).</summary>
    public bool? ReturnToSeller { get; init; }
}
