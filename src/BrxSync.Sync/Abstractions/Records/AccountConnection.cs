namespace BrxSync.Sync.Abstractions.Records;

/// <summary>What connecting an account stores, in one step.</summary>
internal sealed record AccountConnection
{
    /// <summary>Gets the account's id.</summary>
    public required AccountId Id { get; init; }

    /// <summary>Gets the encrypted CardTrader token.</summary>
    public required string TokenCiphertext { get; init; }

    /// <summary>Gets the encrypted shared secret, or null when CardTrader gave none.</summary>
    public string? WebhookSecretCiphertext { get; init; }

    /// <summary>Gets the seller's id on CardTrader, or null when CardTrader did not tell it.</summary>
    public long? CardTraderUserId { get; init; }

    /// <summary>Gets the id of the CardTrader app.</summary>
    public long? CardTraderAppId { get; init; }

    /// <summary>Gets the name of the CardTrader app.</summary>
    public string? CardTraderAppName { get; init; }

    /// <summary>Names the account; neither token nor secret is in it, encrypted or not.</summary>
    /// <returns>A short text for people.</returns>
    public override string ToString() => $"Connection of account {Id}";
}
