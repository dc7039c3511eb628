namespace BrxSync.Client.Account;

/// <summary>The API application a token belongs to.</summary>
public sealed record AppInfo : CardTraderRecord
{
    /// <summary>Gets the id of the application.</summary>
    public required long Id { get; init; }

    /// <summary>Gets the name of the application.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the key with which CardTrader signs webhooks. Keep it secret and store it encrypted.</summary>
    public string? SharedSecret { get; init; }

    /// <summary>Gets the account of the seller, the same number as the owner of exported products.</summary>
    /// <value><see langword="null"/> when CardTrader left it out.</value>
    public long? UserId { get; init; }

    /// <summary>Gets the address webhooks are sent to.</summary>
    /// <value><see langword="null"/> when none is set.</value>
    public string? WebhookUrl { get; init; }

    /// <summary>Returns id and name; the secret is never shown.</summary>
    public override string ToString() => $"AppInfo {{ Id = {Id}, Name = {Name}, UserId = {UserId} }}";
}
