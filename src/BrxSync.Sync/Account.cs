namespace BrxSync.Sync;

/// <summary>One seller, as hosts and people see it; no secret is part of it.</summary>
public sealed record Account
{
    /// <summary>Gets the account's id.</summary>
    public required AccountId Id { get; init; }

    /// <summary>Gets where the account stands.</summary>
    public required AccountStatus Status { get; init; }

    /// <summary>Gets the seller's id on CardTrader, or null until it was learned.</summary>
    public long? CardTraderUserId { get; init; }

    /// <summary>Gets the id of the CardTrader app that the token belongs to.</summary>
    public long? CardTraderAppId { get; init; }

    /// <summary>Gets the name of that app.</summary>
    public string? CardTraderAppName { get; init; }

    /// <summary>Gets the currency of the account's prices (ISO 4217), or null until the first snapshot told it.</summary>
    public string? Currency { get; init; }

    /// <summary>Gets when the last successful full sync ended, or null.</summary>
    public DateTimeOffset? LastSyncAt { get; init; }

    /// <summary>Gets a short safe sentence about the last failure, or null.</summary>
    public string? LastError { get; init; }

    /// <summary>Gets whether a token is stored.</summary>
    public bool IsConnected { get; init; }

    /// <summary>Gets since when the account is suspended: it makes no calls and changes are held. Null when it is not.</summary>
    public DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>Gets since when no call is made because CardTrader refused the token, or null.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>Gets what a person should do about the stop, or null.</summary>
    public string? StopReason { get; init; }

    /// <summary>Gets whether changes of the account are sent to CardTrader; off, they wait.</summary>
    public bool WritesEnabled { get; init; } = true;

    /// <summary>Gets how many copies are held back from CardTrader of items that have no safety stock of their own.</summary>
    /// <value>Default: <see cref="SafetyStock.None"/>.</value>
    public SafetyStock SafetyStock { get; init; } = SafetyStock.None;
}
