namespace BrxSync.Client.Webhooks;

/// <summary>One delivery of a webhook: an <see cref="OrderWebhookEvent"/>, or an <see cref="UnknownWebhookEvent"/>.</summary>
/// <remarks>Deliveries come late, twice and in any order. Treat them as hints and read the order where it matters.</remarks>
public abstract record WebhookEvent : CardTraderRecord
{
    /// <summary>Gets the id of the delivery. The same id means the same delivery; the same event may come under another id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets when the event happened, in CardTrader's clock, to the second.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Gets what happened, as received, for example <c>order.update</c>. An open set.</summary>
    public required string Cause { get; init; }

    /// <summary>Gets the kind of thing it happened to, as received, for example <c>Order</c>.</summary>
    public required string ObjectClass { get; init; }

    /// <summary>Gets the id of the thing it happened to.</summary>
    public long? ObjectId { get; init; }

    /// <summary>Gets the mode, as received: <c>live</c> or <c>test</c>. An open set.</summary>
    public required string Mode { get; init; }

    /// <summary>Gets a value indicating whether the event is real. A test must not change anything.</summary>
    /// <value><see langword="false"/> for <c>test</c> and for modes this version does not know.</value>
    public bool IsLive => Mode == "live";
}
