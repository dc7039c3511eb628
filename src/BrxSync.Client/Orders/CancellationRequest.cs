namespace BrxSync.Client.Orders;

/// <summary>A wish to cancel an order.</summary>
public sealed record CancellationRequest
{
    /// <summary>The least length of an explanation.</summary>
    public const int MinExplanationLength = 50;

    /// <summary>Gets the explanation: at least 50 characters, blanks at both ends not counted.</summary>
    public required string Explanation { get; init; }

    /// <summary>
    /// Gets whether CardTrader puts the copies back on sale when the order is cancelled. Remember it: the order does not show it.
    /// </summary>
    public bool? RelistIfCancelled { get; init; }
}
