using BrxSync.Client;

namespace BrxSync.Sync;

/// <summary>What a change has made of an item here, and what is on its way to CardTrader.</summary>
public sealed record ChangeReceipt
{
    /// <summary>Gets the item.</summary>
    public required long ItemId { get; init; }

    /// <summary>Gets the product that it is linked to; null while it is put on sale, or for an item that is kept here alone.</summary>
    public ProductId? ProductId { get; init; }

    /// <summary>Gets the changes, to be followed by <see cref="IChanges.FindAsync"/>; none when nothing is different from before.</summary>
    public IReadOnlyList<Guid> Changes { get; init; } = [];

    /// <summary>Gets whether something is to be sent to CardTrader.</summary>
    public bool IsQueued { get; init; }

    /// <summary>Gets whether the call repeats an earlier one, by its reference: nothing was changed again.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Gets how many copies there were before.</summary>
    public int QuantityBefore { get; init; }

    /// <summary>Gets how many copies there are.</summary>
    public required int Quantity { get; init; }

    /// <summary>Gets the price in hundredths.</summary>
    public required int PriceCents { get; init; }

    /// <summary>Gets the item's version from now on.</summary>
    public required long RowVersion { get; init; }
}
