namespace BrxSync.Sync.Abstractions.Records;

/// <summary>One seller as the store keeps it. Secrets are ciphertext: only the account service opens them.</summary>
internal sealed record AccountRecord
{
    /// <summary>Gets the account's id.</summary>
    public required AccountId Id { get; init; }

    /// <summary>Gets the encrypted CardTrader token, or null when the account is not connected.</summary>
    public string? TokenCiphertext { get; init; }

    /// <summary>Gets the encrypted shared secret that signs webhooks, or null when none is known.</summary>
    public string? WebhookSecretCiphertext { get; init; }

    /// <summary>Gets the seller's id on CardTrader, or null until it was learned.</summary>
    public long? CardTraderUserId { get; init; }

    /// <summary>Gets the id of the CardTrader app that the token belongs to.</summary>
    public long? CardTraderAppId { get; init; }

    /// <summary>Gets the name of that app.</summary>
    public string? CardTraderAppName { get; init; }

    /// <summary>Gets the currency of the account's prices (ISO 4217), or null until the first snapshot told it.</summary>
    public string? Currency { get; init; }

    /// <summary>Gets where the account stands.</summary>
    public AccountStatus Status { get; init; }

    /// <summary>Gets when the last successful full sync ended, or null.</summary>
    public DateTimeOffset? LastSyncAt { get; init; }

    /// <summary>Gets a short safe sentence about the last failure, or null.</summary>
    public string? LastError { get; init; }

    /// <summary>Gets since when the account is suspended: it makes no calls and changes are held. Null when it is not.</summary>
    public DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>Gets since when no call is made because CardTrader refused the token, or null.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>Gets what a person should do about the stop, or null.</summary>
    public string? StopReason { get; init; }

    /// <summary>Gets whether changes of the account are sent to CardTrader; off, they wait.</summary>
    public bool WritesEnabled { get; init; } = true;

    /// <summary>Gets how many copies are held back of items that have no safety stock of their own.</summary>
    public SafetyStock SafetyStock { get; init; } = SafetyStock.None;

    /// <summary>Gets whether a usable token is stored.</summary>
    public bool IsConnected => TokenCiphertext is not null;

    /// <summary>Gets whether calls may be made: it is connected, not suspended and not stopped.</summary>
    public bool MayCall => IsConnected && SuspendedAt is null && StoppedAt is null;

    /// <summary>Gives what hosts see of it.</summary>
    public Account ToAccount() => new()
    {
        Id = Id,
        Status = Status,
        CardTraderUserId = CardTraderUserId,
        CardTraderAppId = CardTraderAppId,
        CardTraderAppName = CardTraderAppName,
        Currency = Currency,
        LastSyncAt = LastSyncAt,
        LastError = LastError,
        IsConnected = IsConnected,
        SuspendedAt = SuspendedAt,
        StoppedAt = StoppedAt,
        StopReason = StopReason,
        WritesEnabled = WritesEnabled,
        SafetyStock = SafetyStock,
    };

    /// <summary>
    /// Names the account and where it stands. Neither ciphertext nor, for an account that was taken over, the plain secret is in it.
    /// </summary>
    /// <returns>A short text for people.</returns>
    public override string ToString() => $"Account {Id} ({Status}{(IsConnected ? string.Empty : ", not connected")})";
}
