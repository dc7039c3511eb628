namespace BrxSync.Sync;

/// <summary>Says that a webhook delivery is stored for good, and what became of it.</summary>
/// <param name="DeliveryId">The delivery's id.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record DeliveryReceipt(string DeliveryId, DeliveryOutcome Outcome)
{
    /// <summary>Gets a value indicating whether a delivery of this id was stored before; this one changed nothing.</summary>
    public bool IsDuplicate => Outcome == DeliveryOutcome.Duplicate;
}
