using System.Text.Json;

namespace BrxSync.Client.Webhooks;

/// <summary>Something happened to a kind of thing this version does not know. Record it and answer with success.</summary>
public sealed record UnknownWebhookEvent : WebhookEvent
{
    /// <summary>Gets what the delivery holds.</summary>
    /// <value><see langword="null"/> when it holds nothing.</value>
    public JsonElement? Data { get; init; }

    /// <summary>Returns cause and ids alone: the data may hold personal data.</summary>
    public override string ToString() => $"{Cause} of {ObjectClass} {ObjectId} (delivery {Id})";
}
