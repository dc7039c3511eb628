using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql.Access;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>A row of <c>user_sync_settings</c> as it is read; times in microseconds.</summary>
internal static class AccountRow
{
    public static AccountRecord Read(RowReader row) => new()
    {
        Id = new AccountId(row.Uuid("UserId")),
        TokenCiphertext = row.TextOrNull("Token"),
        WebhookSecretCiphertext = row.TextOrNull("Secret"),
        Status = StoredWords.ToAccountStatus(row.Text("Status")),
        LastSyncAt = row.TimeOrNull("LastSyncAt"),
        LastError = row.TextOrNull("LastError"),
        CardTraderUserId = row.NumberOrNull("CardTraderUserId"),
        CardTraderAppId = row.NumberOrNull("AppId"),
        CardTraderAppName = row.TextOrNull("AppName"),
        Currency = row.TextOrNull("Currency"),
        SuspendedAt = row.TimeOrNull("SuspendedAt"),
        StoppedAt = row.TimeOrNull("StoppedAt"),
        StopReason = row.TextOrNull("StopReason"),
        WritesEnabled = row.Flag("WritesEnabled"),
        SafetyStock = new SafetyStock { Copies = row.Integer("SafetyCopies"), Percent = row.Integer("SafetyPercent") },
    };
}
