using System.Diagnostics.CodeAnalysis;

namespace BrxSync.Sync;

/// <summary>Says whether a webhook was taken in, and what became of it.</summary>
public sealed record WebhookResult
{
    /// <summary>Gets what became of the delivery; null when it was refused.</summary>
    public DeliveryReceipt? Receipt { get; init; }

    /// <summary>Gets why it was refused; null when it was taken in.</summary>
    public WebhookRefusal? Refusal { get; init; }

    /// <summary>Gets what keeps the body from being a delivery, for <see cref="WebhookRefusal.UnreadableBody"/>; else null.</summary>
    public string? Fault { get; init; }

    /// <summary>Gets whether it was stored, so that the sender is to be answered with success.</summary>
    [MemberNotNullWhen(true, nameof(Receipt))]
    public bool IsAccepted => Receipt is not null;
}
