using BrxSync.Sync.Abstractions;

namespace BrxSync.Sync.Accounts;

/// <summary>What a person is told about an account; no secret is part of it.</summary>
public sealed record AccountState
{
    /// <summary>Gets the account's id.</summary>
    public required AccountId Id { get; init; }

    /// <summary>Gets where the account stands.</summary>
    public required AccountStatus Status { get; init; }

    /// <summary>Gets when the last successful full sync ended, or null.</summary>
    public DateTimeOffset? LastSyncAt { get; init; }

    /// <summary>Gets a short safe sentence about the last failure, or null.</summary>
    public string? LastError { get; init; }

    /// <summary>Gets whether no usable token is stored.</summary>
    public bool IsDisconnected { get; init; }

    /// <summary>Gets whether the account is suspended.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>Gets why no call is made until the token changes and what to do, or null when calls are made.</summary>
    public string? StopReason { get; init; }
}
