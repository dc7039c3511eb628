using BrxSync.Client;

namespace BrxSync.Sync;

/// <summary>What became of a purchase.</summary>
public sealed record PurchaseResult
{
    /// <summary>Gets what became of it.</summary>
    public required PurchaseOutcome Outcome { get; init; }

    /// <summary>Gets why it could not be made for the time being.</summary>
    /// <value><see cref="PurchaseHindrance.None"/> unless <see cref="Outcome"/> is <see cref="PurchaseOutcome.Unavailable"/>.</value>
    public PurchaseHindrance Hindrance { get; init; }

    /// <summary>Gets the item.</summary>
    public required long ItemId { get; init; }

    /// <summary>Gets the product that it is linked to.</summary>
    public ProductId? ProductId { get; init; }

    /// <summary>Gets how many copies were asked for.</summary>
    public required int CopiesWanted { get; init; }

    /// <summary>Gets how many copies are sold: all that were asked for, or none.</summary>
    public int CopiesSold => Outcome == PurchaseOutcome.Sold ? CopiesWanted : 0;

    /// <summary>Gets how many copies there were here before; for a repeated call, how many there are.</summary>
    public int QuantityBefore { get; init; }

    /// <summary>Gets how many copies there are here now.</summary>
    public required int QuantityAfter { get; init; }

    /// <summary>Gets the change to follow by <see cref="IChanges.FindAsync"/>; null when nothing was reserved.</summary>
    public Guid? ChangeId { get; init; }

    /// <summary>Gets whether the call repeats an earlier one, by its reference: nothing was done again.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Gets what went wrong, in words; null when nothing did.</summary>
    public string? Error { get; init; }
}
