namespace BrxSync.Simulator.Webhooks;

/// <summary>One webhook.</summary>
public sealed class WebhookDelivery
{
    internal WebhookDelivery(
        Guid id, SimulatedSeller seller, string cause, long objectId, byte[] body, string signature, DateTimeOffset createdAt)
    {
        Id = id;
        Seller = seller.Name;
        Account = seller;
        Cause = cause;
        ObjectId = objectId;
        Body = body;
        Signature = signature;
        CreatedAt = createdAt;
    }

    /// <summary>Gets the id in the body; duplicates share it.</summary>
    public Guid Id { get; }

    /// <summary>Gets the account.</summary>
    public string Seller { get; }

    /// <summary>Gets the cause.</summary>
    public string Cause { get; }

    /// <summary>Gets the order, or whatever it speaks of.</summary>
    public long ObjectId { get; }

    /// <summary>Gets the bytes sent.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Gets the value of the <c>Signature</c> header.</summary>
    public string Signature { get; }

    /// <summary>Gets when the event happened, in the marketplace's clock.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>Gets what became of it.</summary>
    public WebhookState State { get; internal set; }

    /// <summary>Gets how often it was sent.</summary>
    public int Attempts { get; internal set; }

    /// <summary>Gets the status of the last answer; null for none.</summary>
    public int? Status { get; internal set; }

    internal SimulatedSeller Account { get; }

    /// <summary>Gets whether somebody already took it to send it now.</summary>
    internal bool Taken { get; set; }
}
