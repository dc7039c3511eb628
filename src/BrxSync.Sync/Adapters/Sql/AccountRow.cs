using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>A row of <c>user_sync_settings</c> as it is read; times in microseconds.</summary>
internal sealed class AccountRow
{
    public string UserId { get; init; } = string.Empty;

    public string? Token { get; init; }

    public string? Secret { get; init; }

    public string Status { get; init; } = string.Empty;

    public long? LastSyncAt { get; init; }

    public string? LastError { get; init; }

    public long? CardTraderUserId { get; init; }

    public long? AppId { get; init; }

    public string? AppName { get; init; }

    public string? Currency { get; init; }

    public long? SuspendedAt { get; init; }

    public long? StoppedAt { get; init; }

    public string? StopReason { get; init; }

    public AccountRecord ToAccount() => new()
    {
        Id = new AccountId(Guid.Parse(UserId)),
        TokenCiphertext = Token,
        WebhookSecretCiphertext = Secret,
        Status = StoredText.ToAccountStatus(Status),
        LastSyncAt = StoredTime.FromMicroseconds(LastSyncAt),
        LastError = LastError,
        CardTraderUserId = CardTraderUserId,
        CardTraderAppId = AppId,
        CardTraderAppName = AppName,
        Currency = Currency,
        SuspendedAt = StoredTime.FromMicroseconds(SuspendedAt),
        StoppedAt = StoredTime.FromMicroseconds(StoppedAt),
        StopReason = StopReason,
    };
}
