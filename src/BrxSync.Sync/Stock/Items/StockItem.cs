using BrxSync.Client;
using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Sync.Stock.Items;

/// <summary>One linked row of a seller's stock, as far as the rules look at it.</summary>
internal sealed record StockItem
{
    /// <summary>The product it is linked to.</summary>
    public required ProductId Product { get; init; }

    /// <summary>How many copies can be sold at the marketplace. Never below 0.</summary>
    public required int Quantity { get; init; }

    /// <summary>
    /// How many copies there are besides, held back from the marketplace. No read says anything about them: only our own steps move them,
    /// and sales that the marketplace could not serve. Never below 0.
    /// </summary>
    public int HeldBack { get; init; }

    /// <summary>All copies that there are.</summary>
    public int Copies => Quantity + HeldBack;

    /// <summary>The item's own safety stock; null for that of the account.</summary>
    public SafetyStock? SafetyStock { get; init; }

    /// <summary>Whether it holds back what its safety stock asks for.</summary>
    public HoldState Hold { get; init; }

    /// <summary>Whether the product is still at the marketplace.</summary>
    public Presence Presence { get; init; } = Presence.OnSale;

    /// <summary>The last read that was applied; null for an item that no read has confirmed yet.</summary>
    public Reading? LastRead { get; init; }

    /// <summary>
    /// When the quantity was last changed on our side, or the item was created by us, in CardTrader's clock; null if never.
    /// </summary>
    public DateTimeOffset? ChangedLocallyAt { get; init; }

    /// <summary>Gives what is left of the item's times now: a read that is still to come was noted before a clock was set back.</summary>
    public StockItem NoLaterThan(Present present)
    {
        var changedAt = ChangedLocallyAt is { } changed && present.IsBefore(changed) ? present.Latest : ChangedLocallyAt;
        var lastRead = LastRead?.NoLaterThan(present);
        return lastRead != LastRead || changedAt != ChangedLocallyAt
            ? this with { LastRead = lastRead, ChangedLocallyAt = changedAt }
            : this;
    }
}
