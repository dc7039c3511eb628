using BrxSync.Client.Orders;

namespace BrxSync.Client.Webhooks;

/// <summary>Something happened to an order.</summary>
public sealed record OrderWebhookEvent : WebhookEvent
{
    /// <summary>Gets the order's id.</summary>
    public required OrderId OrderId { get; init; }

    /// <summary>Gets what happened.</summary>
    public required OrderWebhookKind Kind { get; init; }

    /// <summary>Gets the order as of <see cref="WebhookEvent.Time"/>.</summary>
    /// <value>
    /// <see langword="null"/> when the delivery holds none, as always for <see cref="OrderWebhookKind.Destroyed"/>,
    /// or none that can be read.
    /// </value>
    public Order? Order { get; init; }

    /// <summary>Gets what keeps the order from being read; then fetch it by its id.</summary>
    /// <value><see langword="null"/> when it was read, or the delivery holds none.</value>
    public string? OrderFault { get; init; }

    /// <summary>Returns cause and ids alone: the order holds personal data.</summary>
    public override string ToString() => $"{Cause} of order {OrderId} (delivery {Id})";
}
