namespace BrxSync.Client.Webhooks;

/// <summary>Says what happened to an order.</summary>
public enum OrderWebhookKind
{
    /// <summary>Something this version does not know; see <see cref="WebhookEvent.Cause"/>.</summary>
    Other = 0,

    /// <summary>The order is new (<c>order.create</c>).</summary>
    Created = 1,

    /// <summary>The order changed (<c>order.update</c>).</summary>
    Updated = 2,

    /// <summary>The order was removed (<c>order.destroy</c>). The delivery holds no order.</summary>
    Destroyed = 3,
}
